/* Weights of the two directions, mutual acts taken once, add up to those of the pair.

   inputs  core.events, core.dyad_day
   by      dataset, day
*/
with directed as (
    select
        events.dataset,
        events.dyad,
        events.event_day as day,
        sum(events.weight) as n
    from core.events
    where not events.is_backdated and events.is_excluded is not true
    group by events.dataset, events.dyad, events.event_day
)

select
    directed.dataset,
    directed.dyad,
    directed.day,
    directed.n
from directed
left join
    core.dyad_day
    on
        directed.dataset = dyad_day.dataset
        and directed.dyad = dyad_day.dyad
        and directed.day = dyad_day.day
        and dyad_day.domain = 'all'
        and dyad_day.lag = 0
where dyad_day.n is null or abs(directed.n - dyad_day.n) > 1e-9 * greatest(1e0, directed.n)
