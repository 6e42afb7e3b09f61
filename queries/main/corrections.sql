/* Corrections of events by the user, applied after de-duplication and kept through every refresh.

   grain   none
   inputs  raw.corrections, core.events
   built   view
   columns
     event_id    varchar  event to correct
     action      varchar  exclude, recode or domain
     value       varchar  the right code or domain
     reason      varchar  why
     who         varchar  who says so
     at          varchar  when, YYYY-MM-DD
     is_applied  boolean  there is such an event
   source  the user's BILATERAL_CORRECTIONS
*/
select
    corrections.event_id,
    corrections.action,
    corrections.value,
    corrections.reason,
    corrections.who,
    corrections."at",  -- noqa: RF06
    events.event_id is not null as is_applied
from raw.corrections
left join core.events on corrections.event_id = events.event_id
