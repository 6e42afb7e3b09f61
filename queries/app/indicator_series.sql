/* Series as a chart shows them, of one dyad or of several: the value of each period is that of its last day, with the counts of the whole period.

   inputs  main.indicator_day
   parameters  dataset, dyads (a list), domain, half_life_days, by (day, week, month), from_day, to_day
   columns  those of main.indicator_day, and
     n_events    bigint  events of the whole period: day, week or month
     period      date     first day of the period; `day` is its last day in the range, whose value is shown
     is_partial  boolean  the period is not over on that day
     as_of              date     only where it was asked for: the day whose knowledge this is
     is_reconstruction  boolean  only with as_of: the dataset is curated, so it uses what is coded today, not what was published by then
   source  main.indicator_day; balances(…) or series(…) for another half-life or one domain; series_as_of(…) as known on an earlier day
*/
with chosen as (
    select
        *,
        date_trunc($by, day)::date as period
    from main.indicator_day
    where
        dataset = $dataset
        and dyad = any($dyads)
        and domain = $domain
        and half_life_days = $half_life_days
        and day between date_trunc($by, $from_day::date)::date and $to_day::date
),

counted as (
    select
        dyad,
        period,
        max(day) as last_day,
        sum(n_events)::bigint as n_events
    from chosen
    group by dyad, period
)

select
    chosen.* exclude (n_events),
    counted.n_events,
    chosen.day < case $by
        when 'month' then last_day(chosen.day)
        when 'week' then (chosen.period + interval 6 day)::date
        else chosen.day
    end as is_partial
from chosen
inner join counted on chosen.dyad = counted.dyad and chosen.day = counted.last_day
order by chosen.dyad, chosen.day
