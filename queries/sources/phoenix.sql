/* Rows of Phoenix event files, typed, each with the reason for refusing it or none.

   A row unites the stories of one day, direction and code; their number counts as articles. The classes of Phoenix (0 to 4) are its
   own and are kept as they are. Its days are those of publication.

   inputs  incoming_events, staging.country_names, staging.unpadded_codes
   columns  those of raw.reports without file_name and row_number, and
     line     bigint   number of the line in the batch
     refusal  varchar  what is wrong with the row; NULL when it is accepted
     damage   varchar  the loss of information that the refusal points to, see dashboard/sources/damage.py; NULL for any other reason
     mend     varchar  what was put right in the row; NULL where nothing was
   source  `incoming_events`: the file's columns as text, see dashboard/sources/phoenix.py
*/
with typed as (
    select
        *,
        try_strptime(event_date, ['%Y%m%d', '%Y-%m-%d', '%m/%d/%Y'])::date as event_day,
        try_cast(goldstein as double) as score_given,
        string_split(urls, ';') as addresses,
        trim(code) as code_written,
        ltrim(root_code, '0') as root_given,
        quad_class as class_given
    from incoming_events
),

zeros_told as (
    select
        typed.* exclude (code),
        typed.code as code_given,
        coalesce(unpadded_codes.padded, '0' || typed.code_written) as padded,
        case
            when starts_with(typed.code_written, '0') then 'kept'
            when typed.root_given <> '' then case when left(typed.code_written, 1) = typed.root_given then 'lost' else 'kept' end
            when unpadded_codes.written is null then 'kept'
            when typed.class_given in ('0', '1', '2') then 'lost'
            when typed.class_given in ('3', '4') then 'kept'
            when typed.score_given > 0 then 'lost'
            when typed.score_given <= -5 then 'kept'
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
        chr(31), 'phoenix', coded.event_id, coded.event_date, coalesce(coded.source, ''), coalesce(coded.target, ''), coded.code,
        coalesce(coded.goldstein, ''), coalesce(coded.story_ids, ''), coalesce(coded.urls, ''), coalesce(coded.outlets, '')
    )) as report_id,
    'phoenix' as dataset,
    coded.event_id as source_event_id,
    coded.event_day,
    coded.event_day::timestamp as added_at,
    sources.country as source_country,
    targets.country as target_country,
    nullif(coded.source_agent, '') as source_role,
    nullif(coded.target_agent, '') as target_role,
    coded.source as source_name,
    coded.target as target_name,
    coded.code,
    coded.quad_class as source_kind,
    null::varchar as plover_type,
    null::varchar as domain_given,
    coded.score_given,
    null::varchar as summary,
    null::varchar as summary_es,
    nullif(coded.addresses[1], '') as url,
    null::varchar as title,
    coalesce(
        nullif(regexp_extract(lower(coded.addresses[1]), '^https?://(?:www\.)?([^/:?#]+)', 1), ''), nullif(coded.outlets, '')
    ) as outlet,
    null::date as published_on,
    null::bigint as n_mentions,
    greatest(len(coded.addresses), 1)::bigint as n_articles,
    null::double as tone,
    null::varchar as verified,
    string_split(coded.story_ids, ';')[1] as story_id,
    coded.line,
    case
        when coalesce(coded.event_id, '') = '' then 'the event has no id; the columns may be shifted'
        when
            coded.event_day is null
            then 'the date ''' || coalesce(coded.event_date, '') || ''' is not a calendar day; YYYYMMDD was expected'
        when
            coded.event_day > coalesce(getvariable('today'), (now() at time zone 'UTC')::date)::date + 1
            then 'the date ''' || coded.event_date || ''' is after tomorrow; look at the year'
        when coded.event_day < date '1900-01-01' then 'the date ''' || coded.event_date || ''' is before 1900; look at the year'
        when
            coded.leading_zero = 'unknown'
            then
                'the code ''' || coded.code_given || ''' may be ' || coded.padded || ' or ' || coded.code_written
                || ': the codes of the file have lost their leading zeros'
        when
            coded.code is null or not regexp_full_match(coded.code, '(0[1-9]|1[0-9]|20)[0-9]{0,2}')
            then
                'the code ''' || coalesce(coded.code_given, '')
                || ''' is not a CAMEO code; a spreadsheet may have taken its leading zero: 042 is not 42'
        when
            coded.goldstein is not null and coded.goldstein <> '' and (coded.score_given is null or abs(coded.score_given) > 10)
            then 'the score ''' || coded.goldstein || ''' is not a number from -10 to 10; the columns may be shifted'
        when
            coded.root_given <> '' and coded.root_given <> ltrim(left(coded.code, 2), '0')
            then 'the code ''' || coded.code_given || ''' contradicts the root ''' || coded.root_code || ''' of the same row'
    end as refusal,
    case
        when refusal is null then null
        when regexp_matches(concat_ws(' ', coded.event_date, coded.code_given), '\d[eE]\+?\d') then 'rounded'
        when contains(refusal, ' contradicts ') then 'contradiction'
        when coded.leading_zero = 'unknown' and contains(refusal, ' may be ') then 'zeros'
    end as damage,
    case when coded.leading_zero = 'lost' then 'leading zeros of the code put back' end as mend
from coded
left join staging.country_names as sources on sources.scheme = 'cameo' and coded.source_root = sources.name
left join staging.country_names as targets on targets.scheme = 'cameo' and coded.target_root = targets.name
