/* Refreshes, one row each.

   grain   run_id
   inputs  raw.runs
   built   view
   columns
     run_id      varchar    UTC time of its start, also in the name of the snapshot it published
     started_at  timestamp  UTC
     ended_at    timestamp  UTC
     exit_code   integer    0 done; other codes are in docs/operations.md
     added       bigint     reports added
     changed     bigint     files read again because they changed
     removed     bigint     reports removed because their file no longer has them
     message     varchar    one sentence
   source  raw.runs
*/
select
    run_id,
    started_at,
    ended_at,
    exit_code,
    added,
    changed,
    removed,
    message
from raw.runs
