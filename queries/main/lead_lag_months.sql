/* Indicator and outcome of each month that the tests of leads and lags compare, with their settings.

   grain   dyad, domain, indicator, half_life_days, series_id, month
   inputs  statistics.lead_lag_months
   built   view
   columns  those of statistics.lead_lag_months
   source  statistics.lead_lag_months
*/
select *
from statistics.lead_lag_months
