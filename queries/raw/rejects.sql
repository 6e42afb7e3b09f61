/* Refused rows with the reason, so that a person can mend the file.

   grain   dataset, file_name, row_number, run_id
   inputs
   kept    the loader appends; rows of a curated file that is read again are replaced
   columns
     dataset     varchar  where the file belongs
     file_name   varchar  its name
     row_number  bigint   line of the file, the header is line 1
     reason      varchar  what is wrong and what was expected
     raw         varchar  the line as it stands in the file
     run_id      varchar  in which run
   source  the loader
*/
select
    null::varchar as dataset,
    null::varchar as file_name,
    null::bigint as row_number,
    null::varchar as reason,
    null::varchar as raw,
    null::varchar as run_id
where false
