/* Loaded files. For each, rows_read = rows_accepted + rows_known + rows_rejected: nothing is lost silently.

   grain   dataset, file_name, md5, run_id
   inputs
   kept    the loader appends
   columns
     dataset        varchar    where the file belongs
     file_name      varchar    its name
     bytes          bigint     its size
     md5            varchar    checksum of its content
     rows_read      bigint     rows in it, the header apart
     rows_accepted  bigint     rows that were new
     rows_known     bigint     rows that were there already
     rows_rejected  bigint     rows refused, see rejects
     refusal        varchar    why the file was refused whole, else empty
     loaded_at      timestamp  when, UTC
     run_id         varchar    in which run
     place          varchar    checksum of the path of a machine-coded file: one that is mended there takes its own place, a namesake does not
     note           varchar    corrections made while reading its rows; NULL if none
   source  the loader
*/
select
    null::varchar as dataset,
    null::varchar as file_name,
    null::bigint as bytes,
    null::varchar as md5,
    null::bigint as rows_read,
    null::bigint as rows_accepted,
    null::bigint as rows_known,
    null::bigint as rows_rejected,
    null::varchar as refusal,
    null::timestamp as loaded_at,
    null::varchar as run_id,
    null::varchar as place,
    null::varchar as note
where false
