/* How good the method would have been since 2020, over everything and by kind, all years together.

   inputs
   columns  those of main.forecast_track
   source  main.backcasts
*/
select *
from backcast_track()
where "group" = 'all' and year is null
order by kind
