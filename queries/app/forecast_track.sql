/* How good the forecasts were, over everything and by kind, all years together.

   inputs  main.forecast_track
   columns  those of main.forecast_track
   source  main.forecast_track
*/
select *
from main.forecast_track
where "group" = 'all' and year is null
order by kind
