/* Changes of policy measures that an event carries.

   inputs  main.measures
   parameters  event
   columns  those of main.measures
   source  main.measures
*/
select *
from main.measures
where event_id = $event
order by measure_id, step
