/* Rows of ICEWS event files, typed, each with the reason for refusing it or none.

   Countries are names; sectors become roles. Numbers of events repeat from day to day, so an event is its number and its day.

   inputs  incoming_events, staging.country_names, staging.role_names
   columns  those of raw.reports without file_name and row_number, and
     line     bigint   number of the line in the batch
     refusal  varchar  what is wrong with the row; NULL when it is accepted
   source  `incoming_events`: the file's columns as text, see dashboard/sources/icews.py
*/
with cells as (
    select source_sectors as cell
    from incoming_events
    union
    select target_sectors as cell
    from incoming_events
),

sectors as (
    select
        cell,
        trim(unnest(string_split(cell, ','))) as name
    from cells
    where cell is not null
),

roles as (
    select
        sectors.cell,
        arg_min(role_names.role, role_names.position) as role
    from sectors
    inner join staging.role_names on sectors.name = role_names.name
    group by sectors.cell
),

typed as (
    select
        *,
        try_cast(event_date as date) as event_day,
        try_cast(intensity as double) as score_given
    from incoming_events
)

select
    md5(concat_ws(
        chr(31), 'icews', typed.event_id, typed.event_date, coalesce(typed.source_name, ''), coalesce(typed.source_sectors, ''),
        coalesce(typed.source_country, ''), typed.cameo_code, coalesce(typed.target_name, ''), coalesce(typed.target_sectors, ''),
        coalesce(typed.target_country, ''), coalesce(typed.story_id, ''), coalesce(typed.sentence_number, ''),
        coalesce(typed.publisher, '')
    )) as report_id,
    'icews' as dataset,
    typed.event_id as source_event_id,
    typed.event_day,
    typed.event_day::timestamp as added_at,
    sources.country as source_country,
    targets.country as target_country,
    source_roles.role as source_role,
    target_roles.role as target_role,
    typed.source_name,
    typed.target_name,
    typed.cameo_code as code,
    null::varchar as source_kind,
    null::varchar as plover_type,
    null::varchar as domain_given,
    typed.score_given,
    null::varchar as summary,
    null::varchar as url,
    null::varchar as title,
    typed.publisher as outlet,
    null::date as published_on,
    null::bigint as n_mentions,
    null::bigint as n_articles,
    null::double as tone,
    null::varchar as verified,
    typed.story_id,
    typed.line,
    case
        when
            try_cast(typed.event_id as bigint) is null
            then
                'Event ID ''' || coalesce(typed.event_id, '')
                || ''' is no number; the columns may be shifted, or the line is a header'
        when
            typed.event_day is null or not regexp_matches(typed.event_date, '^\d{4}-\d{2}-\d{2}$')
            then 'Event Date ''' || coalesce(typed.event_date, '') || ''' is no calendar day; YYYY-MM-DD was expected'
        when
            typed.cameo_code is null or not regexp_matches(typed.cameo_code, '^(0[1-9]|1[0-9]|20)[0-9]{0,2}$')
            then
                'CAMEO Code ''' || coalesce(typed.cameo_code, '')
                || ''' is no CAMEO code; a spreadsheet may have taken its leading zero: 042 is not 42'
        when
            typed.intensity is not null and (typed.score_given is null or abs(typed.score_given) > 10)
            then 'Intensity ''' || typed.intensity || ''' is no number from -10 to 10; the columns may be shifted'
        when
            typed.story_id is not null and try_cast(typed.story_id as bigint) is null
            then 'Story ID ''' || typed.story_id || ''' is no number; the columns may be shifted'
    end as refusal
from typed
left join staging.country_names as sources on sources.scheme = 'name' and lower(typed.source_country) = sources.name
left join staging.country_names as targets on targets.scheme = 'name' and lower(typed.target_country) = targets.name
left join roles as source_roles on typed.source_sectors = source_roles.cell
left join roles as target_roles on typed.target_sectors = target_roles.cell
