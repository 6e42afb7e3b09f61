/* The dyad-day: one row for each day with events of a pair or direction,
   with its sums.

   grain   dataset, dyad, domain, day
   inputs  core.dyad_day
   built   view
   columns  those of core.dyad_day
   source  core.dyad_day
*/
select *
from core.dyad_day
where lag = 0
