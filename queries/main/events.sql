/* One row for each act, after de-duplication at the dataset's own level, with every report still attached in core.memberships.

   grain   event_id
   inputs  core.events
   built   view
   columns  those of core.events
   source  core.events
*/
select *
from core.events
