/* Tests of leads and lags of a pair and an outcome, or all its outcomes, those that conclusions are drawn from first.

   inputs  main.lead_lag
   parameters  dyad, series_id (all: every outcome)
   columns  those of main.lead_lag
   source  main.lead_lag
*/
select *
from main.lead_lag
where dyad = $dyad and ($series_id = 'all' or series_id = $series_id)
order by
    family = 'exploratory', series_id, domain, half_life_days, case question when 'leads' then 1 when 'follows' then 2 else 3 end
