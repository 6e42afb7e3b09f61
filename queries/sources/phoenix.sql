/* Rows of Phoenix event files, typed, each with the reason for refusing it or none.

   A row unites the stories of one day, direction and code; their number counts as articles. The classes of Phoenix (0 to 4) are its
   own and are kept as they are. Its days are those of publication.

   inputs  incoming_events, staging.country_names
   columns  those of raw.reports without file_name and row_number, and
     line     bigint   number of the line in the batch
     refusal  varchar  what is wrong with the row; NULL when it is accepted
   source  `incoming_events`: the file's columns as text, see dashboard/sources/phoenix.py
*/
with typed as (
    select
        *,
        try_strptime(event_date, ['%Y%m%d', '%Y-%m-%d', '%m/%d/%Y'])::date as event_day,
        try_cast(goldstein as double) as score_given,
        string_split(urls, ';') as addresses
    from incoming_events
)

select
    md5(concat_ws(
        chr(31), 'phoenix', typed.event_id, typed.event_date, coalesce(typed.source, ''), coalesce(typed.target, ''), typed.code,
        coalesce(typed.goldstein, ''), coalesce(typed.story_ids, ''), coalesce(typed.urls, ''), coalesce(typed.outlets, '')
    )) as report_id,
    'phoenix' as dataset,
    typed.event_id as source_event_id,
    typed.event_day,
    typed.event_day::timestamp as added_at,
    sources.country as source_country,
    targets.country as target_country,
    nullif(typed.source_agent, '') as source_role,
    nullif(typed.target_agent, '') as target_role,
    typed.source as source_name,
    typed.target as target_name,
    typed.code,
    typed.quad_class as source_kind,
    null::varchar as plover_type,
    null::varchar as domain_given,
    typed.score_given,
    null::varchar as summary,
    nullif(typed.addresses[1], '') as url,
    null::varchar as title,
    coalesce(
        nullif(regexp_extract(lower(typed.addresses[1]), '^https?://(?:www\.)?([^/:?#]+)', 1), ''), nullif(typed.outlets, '')
    ) as outlet,
    null::date as published_on,
    null::bigint as n_mentions,
    greatest(len(typed.addresses), 1)::bigint as n_articles,
    null::double as tone,
    null::varchar as verified,
    string_split(typed.story_ids, ';')[1] as story_id,
    typed.line,
    case
        when coalesce(typed.event_id, '') = '' then 'the event has no id; the columns may be shifted'
        when
            typed.event_day is null
            then 'the date ''' || coalesce(typed.event_date, '') || ''' is no calendar day; YYYYMMDD was expected'
        when
            typed.code is null or not regexp_matches(typed.code, '^(0[1-9]|1[0-9]|20)[0-9]{0,2}$')
            then
                'the code ''' || coalesce(typed.code, '')
                || ''' is no CAMEO code; a spreadsheet may have taken its leading zero: 042 is not 42'
        when
            typed.goldstein is not null and typed.goldstein <> '' and (typed.score_given is null or abs(typed.score_given) > 10)
            then 'the score ''' || typed.goldstein || ''' is no number from -10 to 10; the columns may be shifted'
    end as refusal
from typed
left join staging.country_names as sources on sources.scheme = 'cameo' and typed.source_root = sources.name
left join staging.country_names as targets on targets.scheme = 'cameo' and typed.target_root = targets.name
