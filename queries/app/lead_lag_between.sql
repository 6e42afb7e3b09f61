/* Tests of leads and lags of a pair and all its outcomes, those that conclusions are drawn from first.

   inputs  main.lead_lag
   parameters  dyad
   columns  those of main.lead_lag
   source  main.lead_lag
*/
select *
from main.lead_lag
where dyad = $dyad
order by family = 'exploratory', series_id, domain, half_life_days, question
