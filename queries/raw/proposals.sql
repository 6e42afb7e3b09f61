/* What the coder read in items of the intake, each proposal once, as it was made; nothing of it counts before a person accepts it.

   grain   number
   inputs
   kept    the refresh copies intake.sqlite
   columns
     number           bigint     number of the proposal
     proposed_at      timestamp  when it was stored, UTC
     source           varchar    source of the intake
     item_id          varchar    the source's own key of the document
     text_sha256      varchar    checksum of the title and text that were read
     title            varchar    title of the document; NULL where it is gone
     url              varchar    its page
     language         varchar    ISO 639-1; empty where unknown
     evidence         varchar    the sentence, verbatim
     source_country   varchar    who acts, ISO 3166-1 alpha-3; empty where the coder found none
     source_role      varchar    role of the actor
     source_name      varchar    person or body
     target_country   varchar    towards whom; likewise
     target_role      varchar    role of the target
     target_name      varchar    person or body
     cameo_code       varchar    CAMEO event code as text
     domain           varchar    subject
     event_date       date       day of the act; NULL where none was found
     day_basis        varchar    stated, weekday, published or none: how it was found
     modality         varchar    reported, planned, promised, threatened, conditional, negated, denied, historical, quoted or appeal
     confidence       double     0 to 1: share of such proposals that is expected to be right
     backend          varchar    coder with its version
     instrument       varchar    kind of measure; empty for an act alone
     measure_state    varchar    state that the measure changes to
     rate             varchar    rate that the sentence names
     effective_on     date       day on which the measure takes effect
     document_number  varchar    number of the document
     on_record        varchar    event_id of the act that it repeats; empty without one
   source  intake/intake.sqlite
*/
select
    null::bigint as number,
    null::timestamp as proposed_at,
    null::varchar as source,
    null::varchar as item_id,
    null::varchar as text_sha256,
    null::varchar as title,
    null::varchar as url,
    null::varchar as language,
    null::varchar as evidence,
    null::varchar as source_country,
    null::varchar as source_role,
    null::varchar as source_name,
    null::varchar as target_country,
    null::varchar as target_role,
    null::varchar as target_name,
    null::varchar as cameo_code,
    null::varchar as domain,
    null::date as event_date,
    null::varchar as day_basis,
    null::varchar as modality,
    null::double as confidence,
    null::varchar as backend,
    null::varchar as instrument,
    null::varchar as measure_state,
    null::varchar as rate,
    null::date as effective_on,
    null::varchar as document_number,
    null::varchar as on_record
where false
