/* Changes of measures that may be dated or sourced wrongly. Words can mislead, so this is only to be looked at.

   inputs  raw.measures
   columns
     file_name   varchar  file of the row
     row_number  bigint   its line, the header is line 1
     name        varchar  the measure
     finding     varchar  what to look at
   source  raw.measures
*/
with numbered as (
    select
        *,
        row_number() over (partition by file_name) + 1 as row_number
    from raw.measures
),

judged as (
    select
        *,
        case
            when state in ('in_force', 'raised', 'reduced') and regexp_matches(note, '\b(from|midnight,) \d{1,2} [A-Z]')
                then 'is ' || state || ' on ' || state_date || ', but the note reads as if it began later: ' || note
            when verified = 'search' and concat(event_id, source_title, source_url) = ''
                then 'has neither an event nor a source, though a page was found for ' || state || ' ' || state_date
        end as finding
    from numbered
)

select
    file_name,
    row_number,
    measure_id as name,
    finding
from judged
where finding is not null
order by file_name, row_number
