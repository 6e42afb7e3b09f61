/* Refreshes, one row each.

   grain   run_id
   inputs
   kept    the loader appends
   columns
     run_id      varchar    UTC time of its start, also in the name of the snapshot it published
     started_at  timestamp  UTC
     ended_at    timestamp  UTC
     exit_code   integer    0 done; other codes are in docs/operations.md
     added       bigint     reports added
     changed     bigint     files read again because they changed
     removed     bigint     reports removed because their file no longer has them
     message     varchar    one sentence
   source  the loader
*/
select
    null::varchar as run_id,
    null::timestamp as started_at,
    null::timestamp as ended_at,
    null::integer as exit_code,
    null::bigint as added,
    null::bigint as changed,
    null::bigint as removed,
    null::varchar as message
where false
