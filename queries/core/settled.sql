/* Up to which day a dataset is settled: what statistics over whole histories look at, so that one more day does not start them all.

   A machine-coded report published a week or more after the act is not counted, so a week that ended seven days ago changes no more
   as long as days are read in order. The sums tell when it did change after all.

   grain   dataset
   inputs  core.dyad_day, core.level_days, staging.datasets, core.calendar
   columns
     dataset    varchar  where the events come from
     last_day   date     curated: the last day with an event; machine-coded: the last Sunday at least seven days before it
     n_reports  bigint   counted reports up to that day
     n_read     bigint   days read, over all pairs
     n_events   bigint   events of all pairs and directions
     weight     double   their weight
     balance    double   their weight times sign
     score      double   their weight times score
   source  core.dyad_day
*/
with ends as (
    select
        dyad_day.dataset,
        datasets.is_curated,
        max(dyad_day.day) as newest_day
    from core.dyad_day
    inner join staging.datasets on dyad_day.dataset = datasets.dataset
    where dyad_day.day <= (now() at time zone 'UTC')::date + 1
    group by dyad_day.dataset, datasets.is_curated
),

settled as (
    select
        dataset,
        case
            when is_curated then newest_day
            else (newest_day - 7 - ((date_diff('day', date '2024-01-01', newest_day) + 1) % 7)::integer)::date
        end as last_day
    from ends
),

reports as (
    select
        settled.dataset,
        sum(level_days.n_counted)::bigint as n_reports
    from settled
    inner join core.level_days on settled.dataset = level_days.dataset and settled.last_day >= level_days.day
    group by settled.dataset
),

read_days as (
    select
        settled.dataset,
        count(*) filter (where calendar.is_read) as n_read
    from settled
    inner join core.calendar on settled.dataset = calendar.dataset and settled.last_day >= calendar.day
    group by settled.dataset
)

select
    settled.dataset,
    settled.last_day,
    any_value(reports.n_reports) as n_reports,
    any_value(read_days.n_read) as n_read,
    sum(dyad_day.n_events)::bigint as n_events,
    round(sum(dyad_day.n), 6) as weight,
    round(sum(dyad_day.s), 6) as balance,
    round(sum(dyad_day.g), 6) as score
from settled
inner join reports on settled.dataset = reports.dataset
inner join read_days on settled.dataset = read_days.dataset
inner join core.dyad_day on settled.dataset = dyad_day.dataset and settled.last_day >= dyad_day.day and dyad_day.domain = 'all'
group by settled.dataset, settled.last_day
