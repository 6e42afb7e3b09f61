/* Documents that the intake read, each with its revisions; texts stay in intake.sqlite, as many are not ours to publish.

   grain   source, item_id, text_sha256
   inputs  raw.items
   built   view
   columns
     source           varchar    source of the intake
     item_id          varchar    the source's own key of the document
     text_sha256      varchar    checksum of title and text: another one under the same key is a revision
     revision         bigint     1 for the first text of the document, 2 for the next one …
     is_newest        boolean    whether no later text of it is known
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
   source  raw.items
*/
select
    source,
    item_id,
    text_sha256,
    row_number() over (partition by source, item_id order by first_seen_at, text_sha256) as revision,
    row_number() over (partition by source, item_id order by first_seen_at desc, text_sha256 desc) = 1 as is_newest,
    url,
    title,
    language,
    published_at,
    precision,
    first_seen_at,
    authority,
    document_number,
    document_type,
    effective_on,
    effective_basis,
    signed_on,
    extent,
    n_characters
from raw.items
