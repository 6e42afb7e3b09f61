/* Does an exchange rate move on days around acts, more than around other days near them?

   grain   dyad, series_id, acts
   inputs  statistics.event_days
   built   view
   columns  those of statistics.event_days
   source  statistics.event_days
*/
select *
from statistics.event_days
