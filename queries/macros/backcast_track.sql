/* How good the method would have been since 2020, by the same queries as forecast_track: from backcast_track() where "group" = 'all' and year is null.

   parameters
   columns  those of main.forecast_track
   replaces    statistics.judged_forecasts
   result      main.forecast_track
*/
select *
from statistics.backcasts
