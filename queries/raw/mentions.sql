/* Where GDELT events are mentioned: one row for each sentence of an article that tells one.

   Kept are mentions of events of configured pairs, and those of events whose export has not been read yet; they are settled when it is.

   grain   report_id
   inputs
   kept    the loader appends, and removes mentions of events that turn out to be of no configured pair
   columns
     report_id        varchar    hash of the row's content; an equal row is known, not added
     dataset          varchar    gdelt-mentions
     file_name        varchar    file of the row; the first in the alphabet if several hold it
     row_number       bigint     line of that file
     source_event_id  varchar    GLOBALEVENTID of the event
     event_added_at   timestamp  when the event was first recorded, UTC
     mentioned_at     timestamp  when the article was seen, UTC
     mention_type     varchar    web, citation, core, dtic, jstor or not text
     outlet           varchar    who published it, its domain
     url              varchar    address of the article, or its name where it has none
     sentence         integer    number of the sentence
     is_in_raw_text   boolean    found in the text as it stands, without rewriting it
     confidence       integer    confidence of the coder, per cent
     tone             double     tone of the document
     language         varchar    language it was translated from, ISO 639-3; NULL for English
   source  the loader, see queries/sources/gdelt_mentions.sql
*/
select
    null::varchar as report_id,
    null::varchar as dataset,
    null::varchar as file_name,
    null::bigint as row_number,
    null::varchar as source_event_id,
    null::timestamp as event_added_at,
    null::timestamp as mentioned_at,
    null::varchar as mention_type,
    null::varchar as outlet,
    null::varchar as url,
    null::integer as sentence,
    null::boolean as is_in_raw_text,
    null::integer as confidence,
    null::double as tone,
    null::varchar as language
where false
