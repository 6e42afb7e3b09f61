/* Tests of leads and lags of a pair and an outcome, those that conclusions are drawn from first.

   inputs  main.lead_lag
   parameters  dyad, series_id
   columns  those of main.lead_lag
   source  main.lead_lag
*/
select *
from main.lead_lag
where dyad = $dyad and series_id = $series_id
order by
    family = 'exploratory', domain, half_life_days, case question when 'leads' then 1 when 'follows' then 2 else 3 end
