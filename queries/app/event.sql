/* One event with the label of its code.

   inputs  main.events, main.event_codes
   parameters  event_id
   columns  those of main.events, and
     label  varchar  what the code means
   source  main.events
*/
select
    events.*,
    event_codes.label_en as label
from main.events
left join main.event_codes on events.code = event_codes.code
where events.event_id = $event_id
