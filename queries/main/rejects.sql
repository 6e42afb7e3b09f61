/* Refused rows with the reason, so that a person can mend the file.

   grain   dataset, file_name, row_number, run_id
   inputs  raw.rejects
   built   view
   columns
     dataset     varchar  where the file belongs
     file_name   varchar  its name
     row_number  bigint   line of the file, the header is line 1
     reason      varchar  what is wrong and what was expected
     raw         varchar  the line as it stands in the file
     run_id      varchar  in which run
   source  raw.rejects
*/
select
    dataset,
    file_name,
    row_number,
    reason,
    raw,
    run_id
from raw.rejects
