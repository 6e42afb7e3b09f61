/* What a state means for being in force. Words about a measure (floated, threatened, announced) leave it as it was; a measure that a court
   struck down can be collected or applied until the row that lifts it.

   aside   measure_id
*/
with followed as (
    select
        *,
        coalesce(lag(is_in_force) over states, 'no') as before,
        lag(state_day) over states as day_before,
        count_if(state = 'lifted') over (partition by measure_id order by step desc) > 0 as is_lifted_later
    from staging.measures
    window states as (partition by measure_id order by step)
)

select
    measure_id,
    state,
    state_day,
    is_in_force,
    before
from followed
where
    case
        when state in ('floated', 'threatened', 'announced') then is_in_force = before
        when state in ('in_force', 'raised', 'reduced') then is_in_force in ('yes', 'partly')
        when state in ('paused', 'exempted') then is_in_force in ('no', 'partly')
        when state = 'struck_down' then is_in_force = 'no' or (is_in_force in ('yes', 'partly') and is_lifted_later)
        when state in ('lifted', 'expired') then is_in_force = 'no'
    end is not true
    or state_day < day_before
