/* Days on which an act of one sort happened: a direction, a domain and a sign. Sorts of ten days or more, whole weeks.

   A mutual act has two doers and so is a direction of its own, named after the pair.

   grain   dataset, dyad, direction, domain, sign, day
   inputs  core.events, core.calendar, staging.datasets, staging.method, core.settled
   when    core.settled
   built   passing
   columns
     dataset    varchar  where the acts come from
     dyad       varchar  the pair
     direction  varchar  actor>target; the pair for joint events
     domain     varchar  subject
     sign       integer  1 cooperation, -1 friction
     day        date     a day with such an act
     day_no     bigint   the same as a number
     first_no   bigint   first covered day of the pair
     last_no    bigint   last covered day; of machine-coded datasets the last Sunday
   source  core.events; back-dated events are left out
*/
with spans as (
    select
        calendar.dataset,
        calendar.dyad,
        datasets.is_curated,
        date_diff('day', date '2000-01-03', min(calendar.day)) as first_no,
        date_diff('day', date '2000-01-03', max(calendar.day)) as last_no
    from core.calendar
    inner join core.settled on calendar.dataset = settled.dataset and calendar.day <= settled.last_day
    inner join staging.datasets on calendar.dataset = datasets.dataset
    where calendar.is_after_record is not true
    group by calendar.dataset, calendar.dyad, datasets.is_curated
),

whole_weeks as (
    select
        dataset,
        dyad,
        first_no,
        case when is_curated then last_no else last_no - (last_no + 1) % 7 end as last_no
    from spans
),

days as (
    select distinct
        events.dataset,
        events.dyad,
        case when events.is_mutual then events.dyad else events.directed_dyad end as direction,
        events.domain,
        events.sign,
        events.event_day as day,
        date_diff('day', date '2000-01-03', events.event_day) as day_no,
        whole_weeks.first_no,
        whole_weeks.last_no
    from core.events
    inner join whole_weeks on events.dataset = whole_weeks.dataset and events.dyad = whole_weeks.dyad
    where
        not events.is_backdated and events.is_excluded is not true
        and date_diff('day', date '2000-01-03', events.event_day) <= whole_weeks.last_no
),

counted as (
    select
        *,
        count(*) over (partition by dataset, dyad, direction, domain, sign) as n_days
    from days
)

select
    counted.dataset,
    counted.dyad,
    counted.direction,
    counted.domain,
    counted.sign,
    counted.day,
    counted.day_no,
    counted.first_no,
    counted.last_no
from counted
cross join staging.method
where counted.n_days >= method.linkage_cases
