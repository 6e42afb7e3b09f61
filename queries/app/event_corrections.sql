/* What the user corrected in an event, the newest first.

   inputs  main.corrections
   parameters  event
   columns  those of main.corrections
   source  main.corrections
*/
select *
from main.corrections
where event_id = $event
order by "at" desc, action asc  -- noqa: RF06
