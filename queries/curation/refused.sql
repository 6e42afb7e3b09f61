/* Rows that cannot be loaded at all.

   inputs  raw.rejects
   columns
     file_name   varchar  file of the row
     row_number  bigint   its line, the header is line 1
     name        varchar  empty: a refused row may have none
     finding     varchar  what is wrong and what was expected
   source  raw.rejects
*/
select
    file_name,
    row_number,
    '' as name,
    reason as finding
from raw.rejects
order by file_name, row_number
