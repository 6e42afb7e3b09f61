/* Forecasts of the ledger: how likely a yes was when the question was asked. Rows are appended and never changed.

   grain   entry
   inputs
   kept    the refresh appends, see queries/forecasts/questions.sql
   columns
     entry          bigint     running number
     forecast_id    varchar    hash of its question and of when it was made
     question_id    varchar    the question
     made_at        timestamp  when it was made, UTC
     data_version   varchar    run whose tables it was made from
     content_to     date       last day of the pair's record then; more than 3 days before the forecast it is late and never scored
     p              double     chance of a yes, 0 to 1
     p_base         double     the same by the plain past rate
     base_k         bigint     past windows of 28 days with a yes, of the plain past rate
     base_n         bigint     past windows of 28 days
     p_low          double     lower end of the 95 % interval of p
     p_high         double     upper end of the 95 % interval of p
     method         varchar    how p was made
     previous_hash  varchar    hash of the row before; empty of the first
     hash           varchar    SHA-256 of the row and of previous_hash
   source  queries/forecasts/questions.sql
*/
select
    null::bigint as entry,
    null::varchar as forecast_id,
    null::varchar as question_id,
    null::timestamp as made_at,
    null::varchar as data_version,
    null::date as content_to,
    null::double as p,
    null::double as p_base,
    null::bigint as base_k,
    null::bigint as base_n,
    null::double as p_low,
    null::double as p_high,
    null::varchar as method,
    null::varchar as previous_hash,
    null::varchar as hash
where false
