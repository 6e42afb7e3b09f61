/* Rows of ICEWS event files, typed, each with the reason for refusing it or none.

   Countries are names; sectors become roles. Numbers of events repeat from day to day, so an event is its number and its day.

   inputs  incoming_events, staging.country_names, staging.role_names, staging.unpadded_codes
   columns  those of raw.reports without file_name and row_number, and
     line     bigint   number of the line in the batch
     refusal  varchar  what is wrong with the row; NULL when it is accepted
     damage   varchar  the loss of information that the refusal points to, see dashboard/sources/damage.py; NULL for any other reason
     mend     varchar  what was put right in the row; NULL where nothing was
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
        try_cast(intensity as double) as score_given,
        cameo_code as code_written
    from incoming_events
),

zeros_told as (
    select
        typed.*,
        unpadded_codes.padded,
        case
            when unpadded_codes.written is null then 'kept'
            when
                typed.score_given = unpadded_codes.padded_score_icews
                and unpadded_codes.padded_score_icews <> coalesce(unpadded_codes.written_score_icews, 99)
                and (unpadded_codes.is_code or typed.zeros = 'lost')
                then 'lost'
            when typed.score_given = unpadded_codes.written_score_icews then 'kept'
            when typed.zeros = 'lost' and unpadded_codes.is_code then 'unknown'
            when typed.zeros = 'lost' then 'lost'
            else 'kept'
        end as leading_zero
    from typed
    left join staging.unpadded_codes on typed.code_written = unpadded_codes.written
),

coded as (
    select
        *,
        case when leading_zero = 'lost' then padded else code_written end as code
    from zeros_told
)

select
    md5(concat_ws(
        chr(31), 'icews', coded.event_id, coded.event_date, coalesce(coded.source_name, ''), coalesce(coded.source_sectors, ''),
        coalesce(coded.source_country, ''), coded.code, coalesce(coded.target_name, ''), coalesce(coded.target_sectors, ''),
        coalesce(coded.target_country, ''), coalesce(coded.story_id, ''), coalesce(coded.sentence_number, ''),
        coalesce(coded.publisher, '')
    )) as report_id,
    'icews' as dataset,
    coded.event_id as source_event_id,
    coded.event_day,
    coded.event_day::timestamp as added_at,
    sources.country as source_country,
    targets.country as target_country,
    source_roles.role as source_role,
    target_roles.role as target_role,
    coded.source_name,
    coded.target_name,
    coded.code,
    null::varchar as source_kind,
    null::varchar as plover_type,
    null::varchar as domain_given,
    coded.score_given,
    null::varchar as summary,
    null::varchar as summary_es,
    null::varchar as url,
    null::varchar as title,
    coded.publisher as outlet,
    null::date as published_on,
    null::bigint as n_mentions,
    null::bigint as n_articles,
    null::double as tone,
    null::varchar as verified,
    coded.story_id,
    coded.line,
    case
        when
            try_cast(coded.event_id as bigint) is null or not regexp_full_match(coded.event_id, '\s*[+-]?\d+')
            then
                'Event ID ''' || coalesce(coded.event_id, '')
                || ''' is not a number; the columns may be shifted, or the line is a header'
        when
            coded.event_day is null or not regexp_matches(coded.event_date, '^\d{4}-\d{2}-\d{2}$')
            then 'Event Date ''' || coalesce(coded.event_date, '') || ''' is not a calendar day; YYYY-MM-DD was expected'
        when
            coded.event_day > coalesce(getvariable('today'), (now() at time zone 'UTC')::date)::date + 1
            then 'Event Date ''' || coded.event_date || ''' is after tomorrow; look at the year'
        when coded.event_day < date '1900-01-01' then 'Event Date ''' || coded.event_date || ''' is before 1900; look at the year'
        when
            coded.leading_zero = 'unknown'
            then
                'CAMEO Code ''' || coded.cameo_code || ''' may be ' || coded.padded || ' or ' || coded.code_written
                || ': the codes of the file have lost their leading zeros'
        when
            coded.code is null or not regexp_full_match(coded.code, '(0[1-9]|1[0-9]|20)[0-9]{0,2}')
            then
                'CAMEO Code ''' || coalesce(coded.cameo_code, '')
                || ''' is not a CAMEO code; a spreadsheet may have taken its leading zero: 042 is not 42'
        when
            coded.intensity is not null and (coded.score_given is null or abs(coded.score_given) > 10)
            then 'Intensity ''' || coded.intensity || ''' is not a number from -10 to 10; the columns may be shifted'
        when
            coded.story_id is not null and try_cast(coded.story_id as bigint) is null
            then 'Story ID ''' || coded.story_id || ''' is not a number; the columns may be shifted'
        when
            (coded.score_given > 0 and coded.code >= '09') or (coded.score_given < 0 and coded.code >= '03' and coded.code < '09')
            then 'CAMEO Code ''' || coded.cameo_code || ''' contradicts Intensity ''' || coded.intensity || ''' of the same row'
    end as refusal,
    case
        when refusal is null then null
        when regexp_matches(concat_ws(' ', coded.event_id, coded.event_date, coded.cameo_code), '\d[eE]\+?\d') then 'rounded'
        when contains(refusal, ' contradicts ') then 'contradiction'
        when coded.leading_zero = 'unknown' and contains(refusal, ' may be ') then 'zeros'
    end as damage,
    case when coded.leading_zero = 'lost' then 'leading zeros of CAMEO Code put back' end as mend
from coded
left join staging.country_names as sources on sources.scheme = 'name' and lower(coded.source_country) = sources.name
left join staging.country_names as targets on targets.scheme = 'name' and lower(coded.target_country) = targets.name
left join roles as source_roles on coded.source_sectors = source_roles.cell
left join roles as target_roles on coded.target_sectors = target_roles.cell
