/* Rows of GDELT mentions files, typed, each with the reason for refusing it or none.

   inputs  incoming_events
   columns  those of raw.mentions without file_name and row_number, and
     added_at    timestamp  when the article was seen, UTC; counts the file's rows by day
     event_day   date       day of it
     n_articles  bigint     1
     line        bigint     number of the line in the batch
     refusal     varchar    what is wrong with the row; NULL when it is accepted
     damage      varchar    the loss of information that the refusal points to, see dashboard/sources/damage.py
     mend        varchar    NULL
   source  `incoming_events`: the file's columns as text, see dashboard/sources/gdelt_mentions.py
*/
with typed as (
    select
        *,
        try_strptime(event_time, '%Y%m%d%H%M%S') as event_added_at,
        try_strptime(mention_time, '%Y%m%d%H%M%S') as added_at,
        try_cast(confidence as integer) as confidence_percent
    from incoming_events
)

select
    md5(concat_ws(
        chr(31), global_event_id, event_time, mention_time, coalesce(mention_type, ''), coalesce(source_name, ''),
        coalesce(identifier, ''), coalesce(sentence_id, ''), coalesce(actor1_offset, ''), coalesce(actor2_offset, ''),
        coalesce(action_offset, ''), coalesce(in_raw_text, ''), confidence, coalesce(translation, '')
    )) as report_id,
    'gdelt-mentions' as dataset,
    global_event_id as source_event_id,
    event_added_at,
    added_at as mentioned_at,
    case mention_type
        when '1' then 'web'
        when '2' then 'citation'
        when '3' then 'core'
        when '4' then 'dtic'
        when '5' then 'jstor'
        when '6' then 'not text'
        else mention_type
    end as mention_type,
    lower(source_name) as outlet,
    identifier as url,
    try_cast(sentence_id as integer) as sentence,
    in_raw_text = '1' as is_in_raw_text,
    confidence_percent as confidence,
    try_cast(doc_tone as double) as tone,
    nullif(regexp_extract(translation, 'srclc:([a-z]+)', 1), '') as language,
    added_at,
    added_at::date as event_day,
    1::bigint as n_articles,
    line,
    case
        when
            try_cast(global_event_id as bigint) is null or not regexp_full_match(global_event_id, '\s*[+-]?\d+')
            then
                'GLOBALEVENTID ''' || coalesce(global_event_id, '')
                || ''' is not a number; the columns may be shifted, or the line is a header'
        when
            event_added_at is null or length(event_time) <> 14
            then 'EventTimeDate ''' || coalesce(event_time, '') || ''' is not a time; YYYYMMDDHHMMSS was expected'
        when
            added_at is null or length(mention_time) <> 14
            then 'MentionTimeDate ''' || coalesce(mention_time, '') || ''' is not a time; YYYYMMDDHHMMSS was expected'
        when
            added_at::date > coalesce(getvariable('today'), (now() at time zone 'UTC')::date)::date + 1 or event_added_at::date > coalesce(getvariable('today'), (now() at time zone 'UTC')::date)::date + 1
            then 'MentionTimeDate ''' || mention_time || ''' or EventTimeDate ''' || event_time || ''' is after tomorrow; look at the year'
        when added_at < timestamp '1900-01-01' then 'MentionTimeDate ''' || mention_time || ''' is before 1900; look at the year'
        when
            confidence_percent is null or confidence_percent not between 0 and 100
            then 'Confidence ''' || coalesce(confidence, '') || ''' is not a number from 0 to 100; the columns may be shifted'
    end as refusal,
    case
        when refusal is not null and regexp_matches(concat_ws(' ', global_event_id, event_time, mention_time), '\d[eE]\+?\d') then 'rounded'
    end as damage,
    null::varchar as mend
from typed
