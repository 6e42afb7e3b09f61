/* Rows of GDELT event files, typed, each with the reason for refusing it or none.

   Actor countries are CAMEO codes (three letters), those of places FIPS (two letters): only the actors decide the pair. Files before
   1 April 2013 carry one date of processing for all their rows; there the event day stands for it. Plain rows of no configured pair
   are counted before they come here, see dashboard/sources/gdelt_sieve.py: what is refused here must not pass there.

   inputs  incoming_events, staging.country_names
   columns  those of raw.reports without file_name and row_number, and
     line     bigint   number of the line in the batch
     refusal  varchar  what is wrong with the row; NULL when it is accepted
   source  `incoming_events`: the file's columns as text, see dashboard/sources/gdelt.py
*/
with typed as (
    select
        *,
        try_strptime(sql_date, '%Y%m%d')::date as event_day,
        case
            when date_added < '20130401' then try_strptime(sql_date, '%Y%m%d')
            else try_strptime(date_added, ['%Y%m%d%H%M%S', '%Y%m%d'])
        end as added_at,
        try_cast(num_articles as bigint) as n_articles
    from incoming_events
),

judged as (
    select
        typed.*,
        sources.country as source_country,
        targets.country as target_country,
        case
            when
                try_cast(typed.global_event_id as bigint) is null
                then
                    'GLOBALEVENTID ''' || coalesce(typed.global_event_id, '')
                    || ''' is no number; the columns may be shifted, or the line is a header'
            when
                typed.event_day is null or length(typed.sql_date) <> 8
                then 'SQLDATE ''' || coalesce(typed.sql_date, '') || ''' is no calendar day; YYYYMMDD was expected'
            when
                typed.added_at is null
                then 'DATEADDED ''' || coalesce(typed.date_added, '') || ''' is no time; YYYYMMDDHHMMSS or YYYYMMDD was expected'
            when
                typed.event_code is null or not regexp_matches(typed.event_code, '^(0[1-9]|1[0-9]|20)[0-9]{0,2}$')
                then 'EventCode ''' || coalesce(typed.event_code, '') || ''' is no CAMEO code; its root is one of 01 to 20'
            when
                typed.n_articles is null
                then 'NumArticles ''' || coalesce(typed.num_articles, '') || ''' is no number; the columns may be shifted'
        end as refusal
    from typed
    left join staging.country_names as sources on sources.scheme = 'cameo' and typed.actor1_country = sources.name
    left join staging.country_names as targets on targets.scheme = 'cameo' and typed.actor2_country = targets.name
)

select
    md5(concat_ws(
        chr(31), 'gdelt', global_event_id, sql_date, coalesce(actor1_code, ''), coalesce(actor1_name, ''), coalesce(actor2_code, ''),
        coalesce(actor2_name, ''), event_code, coalesce(goldstein, ''), coalesce(num_mentions, ''), num_articles,
        coalesce(avg_tone, ''), date_added, coalesce(source_url, '')
    )) as report_id,
    'gdelt' as dataset,
    global_event_id as source_event_id,
    event_day,
    added_at,
    source_country,
    target_country,
    actor1_type1 as source_role,
    actor2_type1 as target_role,
    actor1_name as source_name,
    actor2_name as target_name,
    event_code as code,
    quad_class as source_kind,
    null::varchar as plover_type,
    null::varchar as domain_given,
    try_cast(goldstein as double) as score_given,
    null::varchar as summary,
    source_url as url,
    null::varchar as title,
    nullif(regexp_extract(lower(source_url), '^https?://(?:www\.)?([^/:?#]+)', 1), '') as outlet,
    null::date as published_on,
    try_cast(num_mentions as bigint) as n_mentions,
    n_articles,
    try_cast(avg_tone as double) as tone,
    null::varchar as verified,
    null::varchar as story_id,
    line,
    refusal
from judged
