/* The days of a dataset, whichever acts are counted.

   parameters  for_dataset
   columns  those of core.calendar
   source  core.calendar
*/
select *
from core.calendar
where dataset = for_dataset
