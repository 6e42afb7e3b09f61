/* Documents that the intake read, each with its revisions; texts stay in intake.sqlite, as many are not ours to publish.

   grain   source, item_id, text_sha256
   inputs
   kept    the refresh copies intake.sqlite
   columns
     source           varchar    source of the intake
     item_id          varchar    the source's own key of the document
     text_sha256      varchar    checksum of title and text: another one under the same key is a revision
     url              varchar    its page
     title            varchar    title as published
     language         varchar    ISO 639-1; empty where unknown
     published_at     timestamp  when it was published as the source says, UTC; NULL where unknown
     precision        varchar    second, day or unknown: how exactly the source says so
     first_seen_at    timestamp  when a request first brought it, UTC
     authority        varchar    state and body, or press
     document_number  varchar    number that other sources name too; empty without one
     document_type    varchar    kind of document as the source calls it
     effective_on     date       day on which it takes effect; NULL where none was read
     effective_basis  varchar    field, dates_text, body_text or none: where that day was read
     signed_on        date       day on which it was signed, where the source tells that; NULL otherwise
     extent           varchar    full, abstract, teaser or title: how much of the document the text is
     n_characters     bigint     length of the text
   source  intake/intake.sqlite
*/
select
    null::varchar as source,
    null::varchar as item_id,
    null::varchar as text_sha256,
    null::varchar as url,
    null::varchar as title,
    null::varchar as language,
    null::timestamp as published_at,
    null::varchar as precision,
    null::timestamp as first_seen_at,
    null::varchar as authority,
    null::varchar as document_number,
    null::varchar as document_type,
    null::date as effective_on,
    null::varchar as effective_basis,
    null::date as signed_on,
    null::varchar as extent,
    null::bigint as n_characters
where false
