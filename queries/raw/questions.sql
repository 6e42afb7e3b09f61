/* Questions of the ledger of forecasts, each asked before its window began. Rows are appended and never changed.

   grain   entry
   inputs
   kept    the refresh appends, see queries/forecasts/questions.sql
   columns
     entry           bigint   running number
     question_id     varchar  hash of its fields
     kind            varchar  friction_deed or measure_state
     subject         varchar  whom it is about: a direction, actor>target, or a measure
     domain          varchar  subject of the measure; all of a direction
     condition       varchar  name of the condition with its arguments
     asked_on        date     day of asking, UTC
     window_start    date     first day that counts, the one after
     window_end      date     last day that counts, the 28th
     settles_on      date     day from which it is settled: 14 days more, as acts are entered late
     yes_if_en       varchar  what must be on record for a yes, English
     yes_if_es       varchar  the same in Spanish
     method_version  varchar  version of the method of forecasts
     previous_hash   varchar  hash of the row before; empty of the first
     hash            varchar  SHA-256 of the row and of previous_hash
   source  queries/forecasts/questions.sql
*/
select
    null::bigint as entry,
    null::varchar as question_id,
    null::varchar as kind,
    null::varchar as subject,
    null::varchar as domain,
    null::varchar as condition,
    null::date as asked_on,
    null::date as window_start,
    null::date as window_end,
    null::date as settles_on,
    null::varchar as yes_if_en,
    null::varchar as yes_if_es,
    null::varchar as method_version,
    null::varchar as previous_hash,
    null::varchar as hash
where false
