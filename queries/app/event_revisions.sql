/* What changed in an event from run to run, the newest first.

   inputs  main.revisions, main.runs
   parameters  event
   columns  those of main.revisions, and
     started_at  timestamp  when the run began, UTC; NULL where the run is not recorded
   source  main.revisions
*/
select
    revisions.*,
    runs.started_at
from main.revisions
left join main.runs on revisions.run_id = runs.run_id
where revisions.event_id = $event
order by revisions.run_id desc, revisions.field asc
