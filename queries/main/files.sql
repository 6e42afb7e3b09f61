/* Loaded files. For each, rows_read = rows_accepted + rows_known + rows_rejected: nothing is lost silently.

   grain   dataset, file_name, md5, run_id
   inputs  raw.files, raw.extract_days
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
     note           varchar    corrections made while reading its rows; NULL if none
     extract        varchar    of an extract: the days that it covers and its filter, as its user said; else NULL
     loaded_at      timestamp  when, UTC
     run_id         varchar    in which run
   source  raw.files
*/
with extracts as (
    select
        dataset,
        md5,
        min(day) || '..' || max(day) || coalesce(' ' || any_value(filter), '') as said
    from raw.extract_days
    group by dataset, md5
)

select
    files.dataset,
    files.file_name,
    files.bytes,
    files.md5,
    files.rows_read,
    files.rows_accepted,
    files.rows_known,
    files.rows_rejected,
    files.refusal,
    files.note,
    extracts.said as extract,
    files.loaded_at,
    files.run_id
from raw.files
left join extracts on files.dataset = extracts.dataset and files.md5 = extracts.md5 and files.refusal is null
