/* Where does the record have gaps?

   reading  The longest periods without a recorded event. Silence of the timeline is not calm.
*/
with days as (
    select distinct
        dyad,
        event_day
    from events
    where dataset = 'chronology'
)

select
    dyad,
    event_day as last_act,
    lead(event_day) over (partition by dyad order by event_day) as next_act,
    next_act - last_act as days
from days
order by days desc nulls last
limit 20
