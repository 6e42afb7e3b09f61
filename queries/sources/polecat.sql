/* Rows of POLECAT event files, typed, each with the reason for refusing it or none.

   The code is the type with its mode, such as CONSULT-visit. A row that names several countries on a side tells one act for each
   pair of different countries; a mutual act with its parties all on one side and nobody on the other joins them among themselves.
   People, organisations and places are those of the whole document, so with source and day of publication they name the story.

   inputs  incoming_events, staging.country_names, staging.plover_types
   columns  those of raw.reports without file_name and row_number, and
     line     bigint   number of the line in the batch
     refusal  varchar  what is wrong with the row; NULL when it is accepted
     damage   varchar  the loss of information that the refusal points to, see dashboard/sources/damage.py; NULL for any other reason
     mend     varchar  NULL
   source  `incoming_events`: the file's columns as text, see dashboard/sources/polecat.py
*/
with typed as (
    select
        incoming_events.*,
        try_cast(incoming_events.event_date as date) as event_day,
        try_cast(incoming_events.publication_date as date) as published_day,
        try_cast(incoming_events.intensity as double) as score_given,
        upper(trim(incoming_events.event_type)) as plover_type,
        regexp_replace(lower(trim(incoming_events.event_mode)), '[^a-z]+', '-', 'g') as plover_mode,
        list_distinct(string_split(upper(coalesce(incoming_events.actor_country, '')), '; ')) as actors,
        list_distinct(string_split(upper(coalesce(incoming_events.recipient_country, '')), '; ')) as recipients,
        plover_types.plover_type is not null as is_type,
        coalesce(plover_types.is_mutual, false) as is_mutual
    from incoming_events
    left join staging.plover_types on upper(trim(incoming_events.event_type)) = plover_types.plover_type
),

parties as (
    select
        *,
        is_mutual and recipients = [''] and len(actors) > 1 as is_among_themselves
    from typed
),

sides as (
    select
        *,
        unnest(actors) as actor
    from parties
),

couples as (
    select
        *,
        unnest(case when is_among_themselves then list_filter(actors, lambda other: other > actor) else recipients end) as recipient
    from sides
    where not is_among_themselves or actor < list_max(actors)
),

judged as (
    select
        couples.*,
        sources.country as source_country,
        targets.country as target_country
    from couples
    left join staging.country_names as sources on sources.scheme = 'iso' and couples.actor = sources.name
    left join staging.country_names as targets on targets.scheme = 'iso' and couples.recipient = targets.name
)

select
    md5(concat_ws(
        chr(31), 'polecat', event_id, event_date, plover_type, coalesce(event_mode, ''), coalesce(intensity, ''),
        coalesce(quad_code, ''), coalesce(contexts, ''), coalesce(actor_name, ''), coalesce(recipient_name, ''), actor, recipient,
        coalesce(source, ''), coalesce(publication_date, ''), coalesce(headline, '')
    )) as report_id,
    'polecat' as dataset,
    case when len(actors) * len(recipients) > 1 then event_id || ' ' || actor || '>' || recipient else event_id end as source_event_id,
    event_day,
    coalesce(published_day, event_day)::timestamp as added_at,
    source_country,
    target_country,
    string_split(primary_actor_sector, '; ')[1] as source_role,
    string_split(primary_recipient_sector, '; ')[1] as target_role,
    actor_name as source_name,
    recipient_name as target_name,
    concat_ws('-', plover_type, plover_mode) as code,
    quad_code as source_kind,
    plover_type,
    contexts as domain_given,
    score_given,
    null::varchar as summary,
    null::varchar as summary_es,
    null::varchar as url,
    headline as title,
    source as outlet,
    published_day as published_on,
    null::bigint as n_mentions,
    null::bigint as n_articles,
    null::double as tone,
    null::varchar as verified,
    case
        when coalesce(story_people, story_organizations, story_locations) is not null
            then md5(concat_ws(
                chr(31), coalesce(source, ''), coalesce(publication_date, ''), coalesce(story_people, ''),
                coalesce(story_organizations, ''), coalesce(story_locations, '')
            ))
    end as story_id,
    line,
    case
        when event_id is null then 'Event ID is empty; the columns may be shifted'
        when
            event_day is null or not regexp_matches(event_date, '^\d{4}-\d{2}-\d{2}$')
            then 'Event Date ''' || coalesce(event_date, '') || ''' is not a calendar day; YYYY-MM-DD was expected'
        when
            event_day > coalesce(getvariable('today'), (now() at time zone 'UTC')::date)::date + 1
            then 'Event Date ''' || event_date || ''' is after tomorrow; look at the year'
        when
            published_day > coalesce(getvariable('today'), (now() at time zone 'UTC')::date)::date + 1
            then 'Publication Date ''' || publication_date || ''' is after tomorrow; look at the year'
        when event_day < date '1900-01-01' then 'Event Date ''' || event_date || ''' is before 1900; look at the year'
        when
            event_day > published_day + 731
            then 'Event Date ''' || event_date || ''' is more than two years after Publication Date ''' || publication_date || ''''
        when
            not is_type
            then
                'Event Type ''' || coalesce(event_type, '')
                || ''' is none of the 16 types of PLOVER in seeds/plover_types.csv; the columns may be shifted'
        when
            intensity is not null and (score_given is null or abs(score_given) > 10)
            then 'Intensity ''' || intensity || ''' is not a number from -10 to 10; the columns may be shifted'
    end as refusal,
    case when refusal is not null and regexp_matches(event_date, '\d[eE]\+?\d') then 'rounded' end as damage,
    null::varchar as mend
from judged
