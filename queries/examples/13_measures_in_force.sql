/* Which policy measures were in force on a day?

   reading  The register says after each change of state whether the measure holds: yes, partly, no.
*/
select
    measure_id,
    measure_name,
    imposing_country,
    target_country,
    state,
    state_day,
    rate_percent
from measures
where dyad = 'MEX-USA' and state_day <= date '2025-03-28'
qualify row_number() over (partition by measure_id order by state_day desc, step desc) = 1 and is_in_force <> 'no'
order by state_day desc
