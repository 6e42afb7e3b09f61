/* Notes of embassies, typed, each with the reason for refusing it or none.

   inputs  incoming_events
   columns  those of raw.reports that a note has, and
     line     bigint   number of the line in the batch
     refusal  varchar  what is wrong with the row; NULL when it is accepted
   source  `incoming_events`: the file's columns as text
*/
select
    md5('embassies ' || note) as report_id,
    'embassies' as dataset,
    note as source_event_id,
    try_cast(day as date) as event_day,
    try_cast(day as timestamp) as added_at,
    from_country as source_country,
    to_country as target_country,
    code,
    line,
    case
        when try_cast(day as date) is null then 'day ''' || coalesce(day, '') || ''' is not a calendar day; YYYY-MM-DD was expected'
        when not regexp_full_match(coalesce(code, ''), '(0[1-9]|1[0-9]|20)[0-9]{0,2}')
            then 'code ''' || coalesce(code, '') || ''' is not a CAMEO code'
    end as refusal
from incoming_events
