/* Rows of a chronology or articles file, typed, each with the reason for refusing it or none.

   A code that was taken for a number has lost its leading zero. The PLOVER type or the score of the row say which code it was; else it is put
   back where no code of the file has a leading zero (`zeros`) and what is written is no code by itself. A row that may be either is of a file
   that cannot be read.

   inputs  incoming, staging.countries, staging.event_codes, staging.domain_names, staging.unpadded_codes
   columns  those of raw.reports, and
     raw      varchar  the line as it stands in the file
     refusal  varchar  what is wrong with the row; NULL when it is accepted
     damage   varchar  the loss of information that the refusal points to, see dashboard/sources/damage.py; NULL for any other reason
     mend     varchar  what was put right in the row; NULL where nothing was
   source  the temporary table `incoming`: the file's columns as text, see dashboard/sources/curated.py
*/
with typed as (
    select
        *,
        try_cast(event_date as date) as event_day,
        try_cast(goldstein as double) as score_number,
        try_cast(published_on as date) as published_day,
        try_cast(added_at as timestamp) as added_moment,
        row_number() over (partition by dataset, file_name, event_id order by row_number) as use_of_id,
        cameo_code as code_written
    from incoming
),

zeros_told as (
    select
        typed.*,
        unpadded_codes.padded,
        case
            when unpadded_codes.written is null then 'kept'
            when not unpadded_codes.is_code then typed.zeros
            when
                typed.plover_type = unpadded_codes.padded_type
                and coalesce(unpadded_codes.padded_type, '') <> coalesce(unpadded_codes.written_type, '')
                then 'lost'
            when
                typed.plover_type = unpadded_codes.written_type
                and coalesce(unpadded_codes.padded_type, '') <> coalesce(unpadded_codes.written_type, '')
                then 'kept'
            when typed.score_number = unpadded_codes.padded_score then 'lost'
            when typed.score_number = unpadded_codes.written_score then 'kept'
            when typed.zeros = 'lost' then 'unknown'
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
),

judged as (
    select
        coded.*,
        case
            when coded.broken is not null then coded.broken
            when coded.event_id is null then 'event_id is empty; give each act a name of its own'
            when
                coded.use_of_id > 1
                then 'event_id ' || coded.event_id || ' is used before in this file; give each act a name of its own'
            when
                coded.event_day is null or not regexp_matches(coded.event_date, '^\d{4}-\d{2}-\d{2}$')
                then 'event_date ''' || coalesce(coded.event_date, '') || ''' is not a calendar day; write YYYY-MM-DD'
            when
                coded.event_day > coalesce(getvariable('today'), (now() at time zone 'UTC')::date)::date + 1
                then
                    'event_date ''' || coded.event_date
                    || ''' is after tomorrow; events are recorded after they happen, so check the year'
            when coded.event_day < date '1900-01-01' then 'event_date ''' || coded.event_date || ''' is before 1900; look at the year'
            when
                sources.country is null
                then
                    'source_actor ''' || coalesce(coded.source_actor, '')
                    || ''' is not a country of seeds/countries.csv; write ISO 3166-1 alpha-3, such as MEX'
            when
                targets.country is null
                then
                    'target_actor ''' || coalesce(coded.target_actor, '')
                    || ''' is not a country of seeds/countries.csv; write ISO 3166-1 alpha-3, such as MEX'
            when
                coded.source_actor = coded.target_actor
                then 'source_actor and target_actor are both ' || coded.source_actor || '; an act needs two countries'
            when
                coded.leading_zero = 'unknown'
                then
                    'cameo_code ''' || coded.cameo_code || ''' may be ' || coded.padded || ' or ' || coded.code_written
                    || ': no code of the file has a leading zero, and nothing in the row tells'
            when
                codes.code is null
                then
                    'cameo_code ''' || coalesce(coded.cameo_code, '')
                    || ''' is not a CAMEO code of seeds/event_codes.csv; keep the leading zero, as in 042'
            when
                coded.domain is not null and domains.domain is null
                then 'domain ''' || coded.domain || ''' is none of seeds/domains.csv'
            when
                coded.goldstein is not null and (coded.score_number is null or abs(coded.score_number) > 10)
                then 'goldstein ''' || coded.goldstein || ''' is not a number from -10 to 10'
            when
                coded.published_on is not null and coded.published_day is null
                then 'published_on ''' || coded.published_on || ''' is not a calendar day; write YYYY-MM-DD'
            when
                coded.published_day > coalesce(getvariable('today'), (now() at time zone 'UTC')::date)::date + 1
                then 'published_on ''' || coded.published_on || ''' is after tomorrow; look at the year'
            when
                coded.published_day < date '1900-01-01'
                then 'published_on ''' || coded.published_on || ''' is before 1900; look at the year'
            when
                coded.added_at is not null
                and (coded.added_moment is null or coded.added_moment::date < coded.event_day - 1)
                then
                    'added_at ''' || coded.added_at || ''' is not a time (UTC) from the act on; write when the row was entered, as in '
                    || '2026-09-01T14:05:00Z'
            when
                coded.event_day > coded.published_day + 731
                then
                    'event_date ''' || coded.event_date || ''' is more than two years after published_on '''
                    || coded.published_on || '''; look at the year'
        end as refusal
    from coded
    left join staging.countries as sources on coded.source_actor = sources.country
    left join staging.countries as targets on coded.target_actor = targets.country
    left join staging.event_codes as codes on coded.code = codes.code
    left join staging.domain_names as domains on coded.domain = domains.source_name
)

select
    md5(concat_ws(
        chr(31), dataset, event_id, event_date, source_actor, coalesce(source_role, ''), coalesce(source_name, ''),
        target_actor, coalesce(target_role, ''), coalesce(target_name, ''), code, coalesce(plover_type, ''),
        coalesce(domain, ''), coalesce(goldstein, ''), coalesce(summary, ''), coalesce(source_title, ''),
        coalesce(source_url, ''), coalesce(outlet, ''), coalesce(published_on, ''), coalesce(verified, ''),
        summary_es  -- last and left out where there is none: rows without one keep their id
    )) as report_id,
    dataset,
    file_name,
    row_number,
    event_id as source_event_id,
    event_day,
    coalesce(added_moment, event_day::timestamp) as added_at,
    source_actor as source_country,
    target_actor as target_country,
    source_role,
    target_role,
    source_name,
    target_name,
    code,
    null::varchar as source_kind,
    plover_type,
    domain as domain_given,
    score_number as score_given,
    summary,
    summary_es,
    source_url as url,
    source_title as title,
    outlet,
    published_day as published_on,
    null::bigint as n_mentions,
    null::bigint as n_articles,
    null::double as tone,
    verified,
    null::varchar as story_id,
    raw,
    refusal,
    case
        when refusal is null then null
        when leading_zero = 'unknown' and contains(refusal, ' may be ') then 'zeros'
        when regexp_matches(concat_ws(' ', event_date, cameo_code), '\d[eE]\+?\d') then 'rounded'
    end as damage,
    case when leading_zero = 'lost' then 'leading zeros of cameo_code put back' end as mend
from judged
