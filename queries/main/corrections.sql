/* Corrections of events by the user, applied after de-duplication and kept through every refresh.

   grain   none
   inputs  raw.corrections, core.events
   built   view
   columns  those of raw.corrections, and
     is_applied  boolean  there is such an event
   source  the user's BILATERAL_CORRECTIONS
*/
select
    corrections.*,
    events.event_id is not null as is_applied
from raw.corrections
left join core.events on corrections.event_id = events.event_id
