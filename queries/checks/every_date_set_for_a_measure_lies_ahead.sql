/* A date that is set for a measure comes after the day on which it was set, and says what happens then.

   aside   measure_id
*/
select
    measure_id,
    state,
    state_day,
    until,
    until_kind
from staging.measures
where
    until <= state_day
    or (until is null) <> (until_kind is null)
    or until_kind not in ('start', 'rise', 'end', 'pause_ends', 'exemption_ends', 'review', 'due')
