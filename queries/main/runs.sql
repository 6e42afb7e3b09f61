/* Refreshes, one row each.

   grain   run_id
   inputs  raw.runs
   built   view
   columns  those of raw.runs
   source  raw.runs
*/
select *
from raw.runs
