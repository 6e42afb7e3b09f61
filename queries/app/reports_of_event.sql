/* The source rows that were merged into one event, the one that speaks for it first.

   A row whose time of publication is only the day of its act has none that somebody recorded.

   inputs  main.reports, core.memberships
   parameters  event_id
   columns  those of main.reports
   source  main.reports
*/
select reports.* replace (nullif(reports.added_at, reports.event_day::timestamp) as added_at)
from main.reports
inner join core.memberships on reports.report_id = memberships.report_id
where memberships.event_id = $event_id
order by memberships.place
