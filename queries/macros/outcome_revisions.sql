/* Every change of a value that was known before: from outcome_revisions('us-imports-mex'), or of all series from outcome_revisions(null).

   parameters  for_series
   columns
     series_id       varchar  the series
     period_start    date     first day of the period
     known_from      date     day from which the new value was known
     value_before    double   value that was known until then
     value           double   the new value; NULL where the source took it back
     change_percent  double   change in per cent of the value before; NULL where that is 0
     file_id         bigint   file that gave the new value
   source  main.outcomes
*/
with vintages as (
    select
        series_id,
        period_start,
        known_from,
        lag(value) over (partition by series_id, period_start order by known_from) as value_before,
        value,
        file_id,
        row_number() over (partition by series_id, period_start order by known_from) as vintage
    from main.outcomes
    where for_series is null or series_id = for_series
)

select
    series_id,
    period_start,
    known_from,
    value_before,
    value,
    100 * (value - value_before) / nullif(abs(value_before), 0) as change_percent,
    file_id
from vintages
where vintage > 1
