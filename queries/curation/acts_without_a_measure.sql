/* Acts that set, change or end a tariff, sanction, limit or aid, and that no measure of the register names. Many need none: look.

   inputs  raw.measures, raw.reports
   columns
     file_name   varchar  file of the row
     row_number  bigint   its line, the header is line 1
     name        varchar  the act
     finding     varchar  its code, and what happened
   source  raw.reports
*/
select
    file_name,
    row_number,
    source_event_id as name,
    'no measure names this act of code ' || code || ': ' || summary as finding
from raw.reports
where
    dataset = 'chronology'
    and code in ('0354', '085', '1312', '162', '163', '172')
    and source_event_id not in (
        select event_id from raw.measures
        where event_id is not null
    )
order by file_name, row_number
