/* Rows of GDELT event files, typed, each with the reason for refusing it or none.

   Actor countries are CAMEO codes (three letters), those of places FIPS (two letters): only the actors decide the pair. Files before
   1 April 2013 carry one date of processing for all their rows; there the event day stands for it. Plain rows of no configured pair
   are counted before they come here, see dashboard/sources/gdelt_sieve.py: what is refused here must not pass there.

   A code that was taken for a number has lost its leading zero. Root, base, class or score of the same row say which code it was; where
   they are absent the file does, in `zeros`, and where that leaves two codes the row cannot be read.

   inputs  incoming_events, staging.country_names, staging.unpadded_codes
   columns  those of raw.reports without file_name and row_number, and
     line     bigint   number of the line in the batch
     refusal  varchar  what is wrong with the row; NULL when it is accepted
     damage   varchar  the loss of information that the refusal points to, see dashboard/sources/damage.py; NULL for any other reason
     mend     varchar  what was put right in the row; NULL where nothing was
   source  `incoming_events`: the file's columns as text, see dashboard/sources/gdelt.py
*/
with typed as (
    select
        *,
        try_strptime(sql_date, '%Y%m%d')::date as event_day,
        case
            when regexp_full_match(date_added, '\d{8}|\d{14}') then try_strptime(date_added, ['%Y%m%d%H%M%S', '%Y%m%d'])
        end as processed_at,
        try_cast(num_articles as bigint) as n_articles,
        try_cast(goldstein as double) as score_given,
        event_code as code_written,
        ltrim(event_base_code, '0') as base_given,
        ltrim(event_root_code, '0') as root_given,
        quad_class as class_given
    from incoming_events
),

zeros_told as (
    select
        typed.*,
        coalesce(unpadded_codes.padded, '0' || typed.code_written) as padded,
        case
            when starts_with(typed.code_written, '0') then 'kept'
            when typed.root_given <> '' then case when left(typed.code_written, 1) = typed.root_given then 'lost' else 'kept' end
            when unpadded_codes.written is null then 'kept'
            when starts_with(typed.event_base_code, '0') then 'lost'
            when typed.class_given in ('1', '2') then 'lost'
            when typed.class_given in ('3', '4') then 'kept'
            when typed.score_given = unpadded_codes.padded_score and unpadded_codes.padded_score <> coalesce(unpadded_codes.written_score, 99) then 'lost'
            when typed.score_given = unpadded_codes.written_score then 'kept'
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
        case when leading_zero = 'lost' then padded else code_written end as code,
        case when processed_at < timestamp '2013-04-01' then event_day::timestamp else processed_at end as added_at
    from zeros_told
),

held_against_itself as (
    select
        *,
        case
            when
                root_given <> '' and root_given <> ltrim(left(code, 2), '0')
                then 'EventCode ''' || event_code || ''' contradicts EventRootCode ''' || event_root_code || ''' of the same row'
            when
                base_given <> '' and base_given <> ltrim(left(code, 3), '0')
                then 'EventCode ''' || event_code || ''' contradicts EventBaseCode ''' || event_base_code || ''' of the same row'
            when
                class_given <> '' and class_given
                <> case when code < '06' then '1' when code < '10' then '2' when code < '15' then '3' else '4' end
                then 'EventCode ''' || event_code || ''' contradicts QuadClass ''' || quad_class || ''' of the same row'
            when
                (score_given > 0 and code >= '09') or (score_given < 0 and code >= '03' and code < '09')
                then 'EventCode ''' || event_code || ''' contradicts GoldsteinScale ''' || goldstein || ''' of the same row'
        end as contradiction
    from coded
),

judged as (
    select
        rows.*,
        sources.country as source_country,
        targets.country as target_country,
        case
            when
                try_cast(rows.global_event_id as bigint) is null or not regexp_full_match(rows.global_event_id, '\s*[+-]?\d+')
                then
                    'GLOBALEVENTID ''' || coalesce(rows.global_event_id, '')
                    || ''' is not a number; the columns may be shifted, or the line is a header'
            when
                rows.event_day is null or length(rows.sql_date) <> 8
                then 'SQLDATE ''' || coalesce(rows.sql_date, '') || ''' is not a calendar day; YYYYMMDD was expected'
            when
                rows.processed_at is null
                then 'DATEADDED ''' || coalesce(rows.date_added, '') || ''' is not a time; YYYYMMDDHHMMSS or YYYYMMDD was expected'
            when
                rows.event_day > coalesce(getvariable('today'), (now() at time zone 'UTC')::date)::date + 1
                then 'SQLDATE ''' || rows.sql_date || ''' is after tomorrow; look at the year'
            when
                rows.added_at::date > coalesce(getvariable('today'), (now() at time zone 'UTC')::date)::date + 1
                then 'DATEADDED ''' || rows.date_added || ''' is after tomorrow; look at the year'
            when rows.event_day < date '1900-01-01' then 'SQLDATE ''' || rows.sql_date || ''' is before 1900; look at the year'
            when
                rows.event_day > rows.added_at::date + 31
                then 'SQLDATE ''' || rows.sql_date || ''' is more than a month after DATEADDED ''' || rows.date_added || ''''
            when
                rows.event_day not between getvariable('covers_since')::date and getvariable('covers_until')::date
                and rows.added_at::date not between getvariable('covers_since')::date and getvariable('covers_until')::date
                then
                    'SQLDATE ''' || rows.sql_date || ''' lies outside of the days '
                    || getvariable('covers_since') || ' to ' || getvariable('covers_until') || ' that --covers names'
            when
                rows.leading_zero = 'unknown'
                then
                    'EventCode ''' || rows.event_code || ''' may be ' || rows.padded || ' or ' || rows.code_written
                    || ': the codes of the file have lost their leading zeros'
            when
                rows.code is null or not regexp_full_match(rows.code, '(0[1-9]|1[0-9]|20)[0-9]{0,2}')
                then 'EventCode ''' || coalesce(rows.event_code, '') || ''' is not a CAMEO code; its root is one of 01 to 20'
            when
                rows.n_articles is null
                then 'NumArticles ''' || coalesce(rows.num_articles, '') || ''' is not a number; the columns may be shifted'
            else rows.contradiction
        end as refusal
    from held_against_itself as rows
    left join staging.country_names as sources on sources.scheme = 'cameo' and rows.actor1_country = sources.name
    left join staging.country_names as targets on targets.scheme = 'cameo' and rows.actor2_country = targets.name
)

select
    md5(concat_ws(
        chr(31), 'gdelt', global_event_id, sql_date, coalesce(actor1_code, ''), coalesce(actor1_name, ''), coalesce(actor2_code, ''),
        coalesce(actor2_name, ''), code, coalesce(goldstein, ''), coalesce(num_mentions, ''), num_articles,
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
    code,
    quad_class as source_kind,
    null::varchar as plover_type,
    null::varchar as domain_given,
    score_given,
    null::varchar as summary,
    null::varchar as summary_es,
    source_url as url,
    null::varchar as title,
    nullif(regexp_extract(lower(source_url), '^https?://(?:www\.)?([^/:?#]+)', 1), '') as outlet,
    null::date as published_on,
    try_cast(num_mentions as bigint) as n_mentions,
    n_articles,
    try_cast(avg_tone as double) as tone,
    null::varchar as verified,
    null::varchar as story_id,
    event_base_code as base_code,
    event_root_code as root_code,
    is_root_event = '1' as is_root,
    try_cast(num_sources as bigint) as n_sources,
    case
        when actor1_geo_type in ('1', '2', '3', '4', '5')
            then concat_ws('|', actor1_geo_type, coalesce(actor1_geo_country, ''), coalesce(actor1_geo_adm1, ''), actor1_geo_full_name)
    end as source_place,
    case
        when actor2_geo_type in ('1', '2', '3', '4', '5')
            then concat_ws('|', actor2_geo_type, coalesce(actor2_geo_country, ''), coalesce(actor2_geo_adm1, ''), actor2_geo_full_name)
    end as target_place,
    case
        when action_geo_type in ('1', '2', '3', '4', '5')
            then concat_ws('|', action_geo_type, coalesce(action_geo_country, ''), coalesce(action_geo_adm1, ''), action_geo_full_name)
    end as action_place,
    line,
    refusal,
    case
        when refusal is null then null
        when regexp_matches(concat_ws(' ', global_event_id, sql_date, date_added, event_code), '\d[eE]\+?\d') then 'rounded'
        when refusal = contradiction then 'contradiction'
        when leading_zero = 'unknown' and contains(refusal, ' may be ') then 'zeros'
        when ends_with(refusal, 'that --covers names') then 'outside'
    end as damage,
    case when leading_zero = 'lost' then 'leading zeros of EventCode put back' end as mend
from judged
