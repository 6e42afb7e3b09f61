/* A day before 1900, or more than two years after the newest row was published, is a wrong column or a wrong century. */
select
    event_id,
    dataset,
    event_day
from core.events
where
    event_day < date '1900-01-01'
    or event_day > (select max(added_at) from raw.reports where raw.reports.dataset = core.events.dataset)::date + 731
