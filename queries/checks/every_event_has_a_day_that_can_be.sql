/* A day before 1900, or more than two years after the newest row was published, is a wrong column or a wrong century.

   inputs  raw.reports, core.events
   by      dataset, day
*/
with published as (
    select
        dataset,
        max(added_at)::date as last_day
    from raw.reports
    group by dataset
)

select
    events.event_id,
    events.dataset,
    events.event_day
from core.events
inner join published on events.dataset = published.dataset
where events.event_day < date '1900-01-01' or events.event_day > published.last_day + 731
