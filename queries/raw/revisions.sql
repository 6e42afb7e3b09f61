/* What changed in an event that was there before, from one build to the next.

   grain   none
   inputs
   kept    the refresh appends, see queries/changes/revisions.sql
   columns
     event_id  varchar  the event
     field     varchar  what changed: event_day, code, domain, score, weight, n_reports, n_articles, is_excluded; event when it is gone
     old       varchar  value before
     new       varchar  value after
     run_id    varchar  in which run
     reason    varchar  more reports, recoded by its source, correction, reports removed, or queries or seeds changed
   source  core.events before and after
*/
select
    null::varchar as event_id,
    null::varchar as field,
    null::varchar as old,
    null::varchar as new,
    null::varchar as run_id,
    null::varchar as reason
where false
