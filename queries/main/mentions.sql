/* Where GDELT events are mentioned: one row for each sentence of an article that tells one.

   grain   report_id
   inputs  raw.mentions, raw.reports, raw.languages, core.memberships
   built   view
   columns
     report_id        varchar    hash of the row's content
     event_id         varchar    the event
     source_event_id  varchar    GLOBALEVENTID
     mentioned_at     timestamp  when the article was seen, UTC
     mention_type     varchar    web, citation, core, dtic, jstor or not text
     outlet           varchar    who published it, its domain
     url              varchar    address of the article, or its name where it has none
     sentence         integer    number of the sentence
     is_in_raw_text   boolean    found in the text as it stands
     confidence       integer    confidence of the coder, per cent
     tone             double     tone of the document
     language         varchar    language of the article, ISO 639-1; en where it was not translated
     file_name        varchar    file of the row
     row_number       bigint     line of that file
   source  raw.mentions
*/
with events as (
    select distinct
        reports.source_event_id,
        memberships.event_id
    from raw.reports
    inner join core.memberships on reports.report_id = memberships.report_id
    where reports.dataset = 'gdelt'
)

select
    mentions.report_id,
    events.event_id,
    mentions.source_event_id,
    mentions.mentioned_at,
    mentions.mention_type,
    mentions.outlet,
    mentions.url,
    mentions.sentence,
    mentions.is_in_raw_text,
    mentions.confidence,
    mentions.tone,
    case when mentions.language is null then 'en' else coalesce(languages.language, mentions.language) end as language,
    mentions.file_name,
    mentions.row_number
from raw.mentions
inner join events on mentions.source_event_id = events.source_event_id
left join raw.languages on list_contains(string_split(languages.iso639_3, ' '), mentions.language)
