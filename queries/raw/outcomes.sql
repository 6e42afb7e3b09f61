/* Values of outcomes as their files gave them, each where it was other than the value known on that day. Nothing is ever changed here.

   grain   series_id, period_start, known_from, file_id
   inputs
   kept    the loader appends
   columns
     series_id     varchar  the series
     period_start  date     first day of the period
     period_end    date     its last day
     known_from    date     day from which the value was known: that of the fetch, or of the publication where it is told
     value         double   in the unit of the series; NULL where the source took the value back
     decimals      integer  decimal places with which the source wrote it
     status        varchar  observed, preliminary, reconstructed (loaded later than its publication) or withdrawn
     file_id       bigint   file that gave it
   source  the loader
*/
select
    null::varchar as series_id,
    null::date as period_start,
    null::date as period_end,
    null::date as known_from,
    null::double as value,
    null::integer as decimals,
    null::varchar as status,
    null::bigint as file_id
where false
