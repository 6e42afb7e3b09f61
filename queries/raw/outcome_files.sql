/* Files of outcomes that were read or asked for. For each, n_read = n_accepted + n_known + n_rejected: nothing is lost silently.

   grain   file_id
   inputs
   kept    the loader appends
   columns
     file_id       bigint     number of the file
     reader        varchar    reader of its form; NULL where none fits
     address       varchar    where it was asked, without any key, or name of the user's file
     fetched_at    timestamp  when it was asked or loaded, UTC
     published_at  date       day on which it was published, where it or its user tells
     sha256        varchar    checksum of its content; NULL where nothing came
     n_read        bigint     values of known series in it
     n_accepted    bigint     those that were new or other than before
     n_known       bigint     those that were known
     n_rejected    bigint     those refused, see rejects
     refusal       varchar    why the file was refused whole, or why nothing came; NULL if neither
     note          varchar    what was left out of it, and what to look at
     run_id        varchar    in which run
   source  the loader
*/
select
    null::bigint as file_id,
    null::varchar as reader,
    null::varchar as address,
    null::timestamp as fetched_at,
    null::date as published_at,
    null::varchar as sha256,
    null::bigint as n_read,
    null::bigint as n_accepted,
    null::bigint as n_known,
    null::bigint as n_rejected,
    null::varchar as refusal,
    null::varchar as note,
    null::varchar as run_id
where false
