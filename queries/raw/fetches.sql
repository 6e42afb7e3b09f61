/* Requests of the intake with their outcomes: a source that was down, refused or changed its form is known as that, never taken for silence.

   grain   fetch_id
   inputs
   kept    the refresh copies intake.sqlite
   columns
     fetch_id      bigint     number of the request
     source        varchar    source of the intake, as in seeds/intake_sources.csv or the user's file
     url           varchar    address that was asked, or name of a saved page; without what stands after ?
     final_url     varchar    address that answered; likewise
     asked_at      timestamp  when, UTC
     state         varchar    ok, not_modified, empty, blocked, drift or error
     http_status   integer    status of the answer; NULL without one
     body_bytes    bigint     size of the body; NULL without one
     body_sha256   varchar    its checksum, under which it is kept
     n_items       bigint     items read from it
     n_new         bigint     those that were new
     n_revised     bigint     those that were another text of a known item
     sentence      varchar    what went wrong or was left out
   source  intake/intake.sqlite
*/
select
    null::bigint as fetch_id,
    null::varchar as source,
    null::varchar as url,
    null::varchar as final_url,
    null::timestamp as asked_at,
    null::varchar as state,
    null::integer as http_status,
    null::bigint as body_bytes,
    null::varchar as body_sha256,
    null::bigint as n_items,
    null::bigint as n_new,
    null::bigint as n_revised,
    null::varchar as sentence
where false
