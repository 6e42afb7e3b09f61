/* How a pair and its two directions stand on a day, and some days before: what the tiles and the sentence say.

   inputs  main.indicator_day
   parameters  dataset, dyads (a list), domain, half_life_days, day, earlier (how many days before)
   columns  those of main.indicator_day, or of them what is asked for, and
     balance_before  double  balance so many days earlier; NULL when there was none
     words_before    double  the same of words
     deeds_before    double  the same of deeds
   source  main.indicator_day; standings(…) or series(…) for another half-life or one domain
*/
with wanted as (
    select *
    from main.indicator_day
    where
        dataset = $dataset
        and dyad = any($dyads)
        and domain = $domain
        and half_life_days = $half_life_days
        and day in ($day::date, $day::date - $earlier::integer)
)

select
    newest.* exclude (dataset, domain, half_life_days),
    earlier.balance as balance_before,
    earlier.words as words_before,
    earlier.deeds as deeds_before
from wanted as newest
left join wanted as earlier on newest.dyad = earlier.dyad and newest.day > earlier.day
where newest.day = $day::date
order by newest.dyad
