/* How far friction stands from what was normal for the pair in the two years before.

   title   Tension
   unit    deviations from the median
   better  lower
   why     A pair that always quarrels and one that never does can be compared only by what is normal for each.
   caveat  Needs a year of past; a long crisis becomes the new normal. In a curated list it also follows how dense the list is.
   grain   series_no, day
   inputs  indicators.friction
   built   passing
   columns
     series_no      bigint   which of indicators.requested
     day            date     the day
     tension        double   deviations; NULL when not read, with fewer than 52 Mondays to compare with, or where these hardly differ
     tension_state  varchar  not read, too few (where it is NULL), else the state of the day; thin at best where that has too few
   source  (x - median) / (1.4826 MAD), x = ln(1 + friction), of the 104 Mondays before the day, at least 52 of them read; NULL if MAD < 0.05
*/
with normals as (
    select
        series_no,
        day_no,
        ln(1e0 + friction) as x,
        count(x) over two_years as n_mondays,
        median(x) over two_years as middle,
        mad(x) over two_years as spread
    from indicators.friction
    where isodow(day) = 1
    window two_years as (partition by series_no order by day_no rows between 103 preceding and current row)
)

select
    friction.series_no,
    friction.day,
    case
        when normals.n_mondays >= 52 and normals.spread >= 0.05e0
            then (ln(1e0 + friction.friction) - normals.middle) / (1.4826e0 * normals.spread)
    end as tension,
    case
        when not friction.is_read then 'not read'
        when tension is null then 'too few'
        when friction.state = 'too few' then 'thin'
        else friction.state
    end as tension_state
from indicators.friction
left join
    normals
    on
        friction.series_no = normals.series_no
        and friction.day_no - (isodow(friction.day) + 5) % 7 - 1 = normals.day_no
