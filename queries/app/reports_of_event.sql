/* The source rows that were merged into one event, the one that speaks for it first.

   inputs  main.reports, core.memberships
   parameters  event_id
   columns  those of main.reports
   source  main.reports
*/
select reports.*
from main.reports
inner join core.memberships on reports.report_id = memberships.report_id
where memberships.event_id = $event_id
order by memberships.place
