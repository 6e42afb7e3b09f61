/* Does an indicator lead an outcome, follow it, or move with it? One row for each question, with what may be said.

   grain   dyad, domain, indicator, half_life_days, series_id, question
   inputs  statistics.lead_lag
   built   view
   columns  those of statistics.lead_lag
   source  statistics.lead_lag
*/
select *
from statistics.lead_lag
