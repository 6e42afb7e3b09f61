/* Moves of an exchange rate around days of acts.

   inputs  main.event_days
   parameters  dyad, series_id
   columns  those of main.event_days
   source  main.event_days
*/
select *
from main.event_days
where dyad = $dyad and series_id = $series_id
order by acts
