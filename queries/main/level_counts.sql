/* How many events each level of de-duplication leaves, and how many it merged away.

   grain   dataset, level
   inputs  core.level_counts
   built   view
   columns  those of core.level_counts
   source  core.level_counts
*/
select *
from core.level_counts
