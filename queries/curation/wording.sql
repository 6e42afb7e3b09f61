/* Acts coded as deeds or demands whose sentence reads like words or like a request. Words can mislead, so this is only to be looked at.

   inputs  raw.looked_at, raw.reports
   columns
     file_name   varchar  file of the row
     row_number  bigint   its line, the header is line 1
     name        varchar  the act
     finding     varchar  what it reads like, and what is expected then
   source  raw.reports; seeds/README.md, conventions
*/
with judged as (
    select
        *,
        case
            when
                code[1:2] in ('06', '07', '08')
                and regexp_matches(
                    summary, '\b(agrees?|will|promises?|pledges?|commits? to|accepts|offers|unveils|tables the|may|moves to)\b', 'i'
                )
                then 'reads like a promise: 03x, and the deed on the day it is done'
            when code[1:2] in ('06', '07', '08') and regexp_matches(summary, '\bsays\b', 'i')
                then 'reads like something said: words are 01 to 05, a correction is 052'
            when
                code[1:2] in ('15', '16', '17')
                and regexp_matches(
                    summary,
                    '\b(will|announces|orders?|aims?|provides for|proposes|says|tells|passes a|issues|(sets|adds) a preliminary|'
                    || 'ends? (temporary )?protected|with effect from|memorandum|declares)\b',
                    'i'
                )
                then 'reads like an announcement: 13x, and the deed on the day it takes effect'
            when code[1:2] = '10' and regexp_matches(summary, '\b(asks?|requests?|appeals?)\b', 'i')
                then 'reads like a request: 02x, 10x is a demand'
        end as finding
    from raw.reports
    where dataset = 'chronology'
)

select
    judged.file_name,
    judged.row_number,
    judged.source_event_id as name,
    'code ' || judged.code || ' ' || judged.finding || ': ' || judged.summary as finding
from judged
left join raw.looked_at on judged.source_event_id = looked_at.event_id and looked_at.rule = 'wording'
where judged.finding is not null and looked_at.event_id is null
order by judged.file_name, judged.row_number
