/* Outcomes between countries with every value that was known for a period, each from the day it was known to the day another took its place.

   A value that only has more decimal places than the one before is the same value.

   grain   series_id, period_start, known_from
   inputs  raw.outcomes
   built   view
   columns
     series_id     varchar  the series, see outcome_series
     period_start  date     first day of the period
     known_from    date     day from which the value was known: that of the fetch, or of the publication where it is told
     period_end    date     last day of the period
     value         double   in the unit of the series; NULL where the source took the value back
     known_until   date     day on which another value took its place; NULL if it still stands
     status        varchar  observed, preliminary, reconstructed (loaded later than its publication) or withdrawn
     file_id       bigint   file that gave it, see outcome_files
   source  raw.outcomes
*/
with last_of_day as (
    select *
    from raw.outcomes
    qualify row_number() over (partition by series_id, period_start, known_from order by file_id desc) = 1
),

compared as (
    select
        *,
        row_number() over vintages = 1 as is_first,
        lag(value) over vintages as value_before,
        0.501 * power(10, -least(decimals, lag(decimals) over vintages)) as rounding
    from last_of_day
    window vintages as (partition by series_id, period_start order by known_from)
),

changed as (
    select *
    from compared
    where is_first or (value is null) <> (value_before is null) or abs(value - value_before) > rounding
)

select
    series_id,
    period_start,
    known_from,
    period_end,
    value,
    lead(known_from) over (partition by series_id, period_start order by known_from) as known_until,
    status,
    file_id
from changed
