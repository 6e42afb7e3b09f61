/* Every measure as it stood on a day: its last change on or before it:
   from measures_on(date '2025-03-28') where dyad = 'MEX-USA' and standing in ('in force', 'partly in force').

   The register follows changes, not silence. What no source has shown for 18 months is told as last recorded, and what was set to end
   by now, without a later change, is not told to be in force.

   parameters  for_day
   columns  those of measures, and
     is_until_past  boolean  the date that was set has come, and no later change is recorded: look before you rely on it; null without a date
     standing       varchar  in force, partly in force, as last recorded (in force, and not seen for 18 months), end passed, or not in force
   source  main.measures
*/
select
    *,
    until <= for_day::date as is_until_past,
    case
        when is_in_force = 'no' then 'not in force'
        when until_kind = 'end' and until <= for_day::date then 'end passed'
        when last_confirmed < for_day::date - interval 18 month then 'as last recorded'
        when is_in_force = 'partly' then 'partly in force'
        else 'in force'
    end as standing
from main.measures
where state_day <= for_day::date
qualify row_number() over (partition by measure_id order by step desc) = 1
