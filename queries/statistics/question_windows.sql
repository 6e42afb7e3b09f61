/* Windows of the questions of the backcast, which are answered from all that is on record now.

   grain   kind, subject, asked_on
   inputs  statistics.forecast_rates
   columns
     kind          varchar  friction_deed or measure_state
     subject       varchar  direction, or measure
     asked_on      date     day of asking
     window_start  date     first day that counts
     window_end    date     last day that counts
     known_on      date     records of later days are not looked at
   source  statistics.forecast_rates
*/
select
    kind,
    subject,
    day as asked_on,
    day + 1 as window_start,
    day + 28 as window_end,
    date '9999-12-31' as known_on
from statistics.forecast_rates
