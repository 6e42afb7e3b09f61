/* Loaded files. For each, rows_read = rows_accepted + rows_known + rows_rejected: nothing is lost silently.

   grain   dataset, file_name, md5, run_id
   inputs  raw.files
   built   view
   columns
     dataset        varchar    where the file belongs
     file_name      varchar    its name; with the folder where another file has the same
     bytes          bigint     its size
     md5            varchar    checksum of its content
     rows_read      bigint     rows in it, the header apart
     rows_accepted  bigint     rows that were new
     rows_known     bigint     rows that were there already
     rows_rejected  bigint     rows refused, see rejects
     refusal        varchar    why the file was refused whole, else empty
     loaded_at      timestamp  when, UTC
     run_id         varchar    in which run
   source  raw.files
*/
select
    dataset,
    file_name,
    bytes,
    md5,
    rows_read,
    rows_accepted,
    rows_known,
    rows_rejected,
    refusal,
    loaded_at,
    run_id
from raw.files
