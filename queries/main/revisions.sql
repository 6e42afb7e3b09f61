/* What changed in an event that was there before, from one run to the next.

   grain   none
   inputs  raw.revisions
   built   view
   columns  those of raw.revisions
   source  raw.revisions
*/
select *
from raw.revisions
