/* Every measure as it stood on a day: its last change on or before it. In force is what is not `no`:
   from measures_on(date '2025-03-28') where dyad = 'MEX-USA' and is_in_force <> 'no'.

   parameters  for_day
   columns  those of measures, and
     is_until_past  boolean  the date that was set has come, and no later change is recorded: look before you rely on it; null without a date
   source  main.measures
*/
select
    *,
    until <= for_day::date as is_until_past
from main.measures
where state_day <= for_day::date
qualify row_number() over (partition by measure_id order by step desc) = 1
