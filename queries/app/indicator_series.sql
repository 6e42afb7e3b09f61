/* A series as a chart shows it: the value of each period is that of its last day, with the counts of the whole period.

   inputs  main.indicator_day
   parameters  dataset, dyad, domain, half_life_days, by (day, week, month), from_day, to_day
   columns  those of main.indicator_day, n_events of the whole period, and
     period      date     first day of the period; `day` is its last day in the range, whose value is shown
     is_partial  boolean  the period is not over on that day
     as_of              date     only where it was asked for: the day whose knowledge this is
     is_reconstruction  boolean  only with as_of: the dataset is curated, so it is made of what is coded today, not of what was published by then
   source  main.indicator_day; series(…) for another half-life or one domain; series_as_of(…) as known on an earlier day
*/
with placed as (
    select
        *,
        date_trunc($by, day)::date as period,
        case $by when 'month' then last_day(day) when 'week' then (date_trunc('week', day) + interval 6 day)::date else day end
            as period_end
    from main.indicator_day
    where
        dataset = $dataset
        and dyad = $dyad
        and domain = $domain
        and half_life_days = $half_life_days
        and day between date_trunc($by, $from_day::date)::date and $to_day::date
),

counted as (
    select
        * exclude (n_events),
        sum(n_events) over (partition by period)::bigint as n_events,
        row_number() over (partition by period order by day desc) as place_from_end
    from placed
)

select
    * exclude (place_from_end, period_end),
    day < period_end as is_partial
from counted
where place_from_end = 1
order by day
