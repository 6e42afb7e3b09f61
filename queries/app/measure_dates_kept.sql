/* Whether dates that were set for measures were kept, the most frequent sort first.

   inputs  main.measure_dates_kept
   columns  those of main.measure_dates_kept
   source  main.measure_dates_kept
*/
select *
from main.measure_dates_kept
order by n desc, until_kind asc
