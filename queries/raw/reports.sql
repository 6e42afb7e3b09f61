/* Accepted source rows of every dataset, as their source gave them.

   grain   report_id
   inputs
   by    dataset, event_day
   kept    the loader appends; a curated row that leaves its file is removed
   columns
     report_id        varchar    hash of the row's content; an equal row is known, not added
     dataset          varchar    where the row comes from
     file_name        varchar    file of the row; the first in the alphabet if several hold it
     row_number       bigint     line of that file, the header is line 1
     source_event_id  varchar    id the source gives the event
     event_day        date       day of the event as coded, local date
     added_at         timestamp  when the source published the row, UTC; of curated data when it was entered, where the row says so, else the event day
     source_country   varchar    actor, ISO 3166-1 alpha-3
     target_country   varchar    ISO 3166-1 alpha-3 of towards whom
     source_role      varchar    role of the actor
     target_role      varchar    role of the target
     source_name      varchar    person or body, free text
     target_name      varchar    person or body, free text
     code             varchar    CAMEO event code as text
     source_kind      varchar    the source's own class of the act
     plover_type      varchar    PLOVER event type as the source gives it
     domain_given     varchar    the source's own subject of the act
     score_given      double     the source's own score
     summary          varchar    one sentence on the act
     summary_es       varchar    the same in Spanish, where the curator wrote one
     url              varchar    address of the article or page
     title            varchar    its title
     outlet           varchar    who published it
     published_on     date       day it was published
     n_mentions       bigint     mentions the source counts
     n_articles       bigint     articles the source counts
     tone             double     tone the source gives
     verified         varchar    how the row was checked
     story_id         varchar    the source's own id of the article or document, where it gives one
     base_code        varchar    beginning of the code as the source gives it beside the code, three digits; with those below, NULL is not known
     root_code        varchar    first two digits of the code as the source gives them beside it
     is_root          boolean    GDELT: the act stands in the first sentences of its page
     n_sources        bigint     outlets the source counts
     source_place     varchar    GDELT: where it puts who acts, as `type|country|region|name`: type 1 country, 2 and 5 state, 3 and 4 town; country FIPS
     target_place     varchar    where it puts whom it acts towards
     action_place     varchar    where it puts the act
   source  the loader, see queries/sources/
*/
select
    null::varchar as report_id,
    null::varchar as dataset,
    null::varchar as file_name,
    null::bigint as row_number,
    null::varchar as source_event_id,
    null::date as event_day,
    null::timestamp as added_at,
    null::varchar as source_country,
    null::varchar as target_country,
    null::varchar as source_role,
    null::varchar as target_role,
    null::varchar as source_name,
    null::varchar as target_name,
    null::varchar as code,
    null::varchar as source_kind,
    null::varchar as plover_type,
    null::varchar as domain_given,
    null::double as score_given,
    null::varchar as summary,
    null::varchar as summary_es,
    null::varchar as url,
    null::varchar as title,
    null::varchar as outlet,
    null::date as published_on,
    null::bigint as n_mentions,
    null::bigint as n_articles,
    null::double as tone,
    null::varchar as verified,
    null::varchar as story_id,
    null::varchar as base_code,
    null::varchar as root_code,
    null::boolean as is_root,
    null::bigint as n_sources,
    null::varchar as source_place,
    null::varchar as target_place,
    null::varchar as action_place
where false
