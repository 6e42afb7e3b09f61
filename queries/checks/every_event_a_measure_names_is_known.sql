/* A measure that names an event the chronology lacks cannot be opened.

   aside   measure_id
*/
select
    measures.measure_id,
    measures.event_id
from staging.measures
left join core.events on measures.event_id = events.event_id
where measures.event_id is not null and events.event_id is null
