/* Addresses of a chronology, to be judged by their look.

   inputs  raw.reports
   columns
     file_name   varchar  file of the row
     row_number  bigint   its line, the header is line 1
     name        varchar  the act
     url         varchar  its address
   source  raw.reports
*/
select
    file_name,
    row_number,
    source_event_id as name,
    url
from raw.reports
where dataset = 'chronology' and url is not null
order by file_name, row_number
