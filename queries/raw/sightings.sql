/* In which files each curated row stands, so that a row goes only when the last file that holds it drops it.

   grain   dataset, file_name, row_number
   inputs
   kept    the loader replaces the rows of a file it reads again
   columns
     dataset     varchar  where the row comes from
     file_name   varchar  file of the row
     row_number  bigint   line of that file
     report_id   varchar  the row's hash
   source  the loader
*/
select
    null::varchar as dataset,
    null::varchar as file_name,
    null::bigint as row_number,
    null::varchar as report_id
where false
