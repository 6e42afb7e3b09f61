/* A change of a measure happens on the day of the event that carries it, between the same two countries.

   aside   measure_id
*/
select
    measures.measure_id,
    measures.state,
    measures.state_day,
    measures.event_id,
    events.event_day
from staging.measures
inner join core.events on measures.event_id = events.event_id
where measures.state_day <> events.event_day or measures.dyad <> events.dyad
