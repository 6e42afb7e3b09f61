/* Rows of a chronology or articles file, typed, each with the reason for refusing it or none.

   inputs  incoming, staging.countries, staging.event_codes, staging.domain_names
   columns  those of raw.reports, and
     raw      varchar  the line as it stands in the file
     refusal  varchar  what is wrong with the row; NULL when it is accepted
   source  the temporary table `incoming`: the file's columns as text, see dashboard/sources/curated.py
*/
with typed as (
    select
        *,
        try_cast(event_date as date) as event_day,
        try_cast(goldstein as double) as score_number,
        try_cast(published_on as date) as published_day,
        row_number() over (partition by dataset, file_name, event_id order by row_number) as use_of_id
    from incoming
),

judged as (
    select
        typed.*,
        case
            when typed.broken is not null then typed.broken
            when typed.event_id is null then 'event_id is empty; give each act a name of its own'
            when
                typed.use_of_id > 1
                then 'event_id ' || typed.event_id || ' is used before in this file; give each act a name of its own'
            when
                typed.event_day is null or not regexp_matches(typed.event_date, '^\d{4}-\d{2}-\d{2}$')
                then 'event_date ''' || coalesce(typed.event_date, '') || ''' is no calendar day; write YYYY-MM-DD'
            when
                typed.event_day not between date '1900-01-01' and date '2099-12-31'
                then 'event_date ''' || typed.event_date || ''' is not between 1900 and 2099; look at the year'
            when
                sources.country is null
                then
                    'source_actor ''' || coalesce(typed.source_actor, '')
                    || ''' is no country of seeds/countries.csv; write ISO 3166-1 alpha-3, such as MEX'
            when
                targets.country is null
                then
                    'target_actor ''' || coalesce(typed.target_actor, '')
                    || ''' is no country of seeds/countries.csv; write ISO 3166-1 alpha-3, such as MEX'
            when
                typed.source_actor = typed.target_actor
                then 'source_actor and target_actor are both ' || typed.source_actor || '; an act needs two countries'
            when
                codes.code is null
                then
                    'cameo_code ''' || coalesce(typed.cameo_code, '')
                    || ''' is no CAMEO code of seeds/event_codes.csv; keep the leading zero, as in 042'
            when
                typed.domain is not null and domains.domain is null
                then 'domain ''' || typed.domain || ''' is none of seeds/domains.csv'
            when
                typed.goldstein is not null and (typed.score_number is null or abs(typed.score_number) > 10)
                then 'goldstein ''' || typed.goldstein || ''' is no number from -10 to 10'
            when
                typed.published_on is not null and typed.published_day is null
                then 'published_on ''' || typed.published_on || ''' is no calendar day; write YYYY-MM-DD'
            when
                typed.event_day > typed.published_day + 731
                then
                    'event_date ''' || typed.event_date || ''' is more than two years after published_on '''
                    || typed.published_on || '''; look at the year'
        end as refusal
    from typed
    left join staging.countries as sources on typed.source_actor = sources.country
    left join staging.countries as targets on typed.target_actor = targets.country
    left join staging.event_codes as codes on typed.cameo_code = codes.code
    left join staging.domain_names as domains on typed.domain = domains.source_name
)

select
    md5(concat_ws(
        chr(31), dataset, event_id, event_date, source_actor, coalesce(source_role, ''), coalesce(source_name, ''),
        target_actor, coalesce(target_role, ''), coalesce(target_name, ''), cameo_code, coalesce(plover_type, ''),
        coalesce(domain, ''), coalesce(goldstein, ''), coalesce(summary, ''), coalesce(source_title, ''),
        coalesce(source_url, ''), coalesce(outlet, ''), coalesce(published_on, ''), coalesce(verified, '')
    )) as report_id,
    dataset,
    file_name,
    row_number,
    event_id as source_event_id,
    event_day,
    event_day::timestamp as added_at,
    source_actor as source_country,
    target_actor as target_country,
    source_role,
    target_role,
    source_name,
    target_name,
    cameo_code as code,
    null::varchar as source_kind,
    plover_type,
    domain as domain_given,
    score_number as score_given,
    summary,
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
    refusal
from judged
