/* Friction of a pair and one outcome by month.

   inputs  main.lead_lag_months
   parameters  dyad, series_id
   columns
     month          date    first day of the month
     friction       double  friction on the last day of the month, score points per 30 days
     outcome_level  double  value of the outcome in the month, in its unit
   source  main.lead_lag_months, all subjects, half-life 30 days
*/
select
    month,
    friction,
    outcome_level
from main.lead_lag_months
where dyad = $dyad and series_id = $series_id and domain = 'all' and half_life_days = 30
order by month
