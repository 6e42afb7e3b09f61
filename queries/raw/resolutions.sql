/* Answers of the ledger of forecasts. A later correction adds a row with the next number. Rows are appended and never changed.

   grain   entry
   inputs
   kept    the refresh appends, see queries/forecasts/resolutions.sql
   columns
     entry          bigint     running number
     question_id    varchar    the question
     resolution_no  integer    1 when it is settled, then one more for each change of the answer
     resolved_at    timestamp  when, UTC
     data_version   varchar    run whose tables gave it
     answer         varchar    yes, no, void, or unread where the record does not reach to the end of the window
     reason         varchar    why it is void or unread; NULL of yes and no
     evidence       varchar    event, or measure:step, that makes a yes
     previous_hash  varchar    hash of the row before; empty of the first
     hash           varchar    SHA-256 of the row and of previous_hash
   source  queries/forecasts/resolutions.sql
*/
select
    null::bigint as entry,
    null::varchar as question_id,
    null::integer as resolution_no,
    null::timestamp as resolved_at,
    null::varchar as data_version,
    null::varchar as answer,
    null::varchar as reason,
    null::varchar as evidence,
    null::varchar as previous_hash,
    null::varchar as hash
where false
