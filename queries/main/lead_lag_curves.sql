/* Response of an outcome to an indicator by month, before and after, with one band for all months of a side.

   grain   dyad, domain, indicator, half_life_days, series_id, horizon
   inputs  statistics.lead_lag_curves
   built   view
   columns  those of statistics.lead_lag_curves
   source  statistics.lead_lag_curves
*/
select *
from statistics.lead_lag_curves
