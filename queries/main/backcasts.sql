/* The method of forecasts tried on the past: asked each Monday since 2020 from what was on record by then. `backcast_track()` scores it; it is never mixed with forecasts.

   grain   kind, subject, asked_on
   inputs  statistics.backcasts
   built   view
   columns  those of statistics.judged_forecasts
   source  statistics.backcasts
*/
select *
from statistics.backcasts
