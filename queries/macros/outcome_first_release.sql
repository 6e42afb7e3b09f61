/* The first value that was known of each period of a series: from outcome_first_release('us-imports-mex').

   Where files were loaded long after their publication it is the first one of these files, not that of the source: see lag_days.

   parameters  for_series
   columns  those of outcomes, and
     lag_days  bigint  days from the end of the period to the day from which this value was known
   source  main.outcomes
*/
select
    *,
    date_diff('day', period_end, known_from) as lag_days
from main.outcomes
where series_id = for_series
qualify row_number() over (partition by period_start order by known_from) = 1
