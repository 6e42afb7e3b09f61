/* What changed in an event that was there before, from one run to the next.

   grain   none
   inputs  raw.revisions
   built   view
   columns
     event_id  varchar  the event
     field     varchar  what changed: event_day, code, domain, score, weight, n_reports, n_articles, is_excluded; event when it is gone
     old       varchar  value before
     new       varchar  value after
     run_id    varchar  in which run
     reason    varchar  more reports, recoded by its source, correction, reports removed, or queries or seeds changed
   source  raw.revisions
*/
select
    event_id,
    field,
    old,
    new,
    run_id,
    reason
from raw.revisions
