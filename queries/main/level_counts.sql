/* How many events each level of de-duplication leaves, and how many it merged away.

   grain   dataset, level
   inputs  core.level_counts
   built   view
   columns
     dataset    varchar  where the reports come from
     level      varchar  raw, exact, article, act or joint
     position   integer  place on the ladder
     n_events   bigint   events left at this level
     n_merged   bigint   events of the level before that it merged away
   source  core.level_counts
*/
select
    dataset,
    level,
    position,
    n_events,
    n_merged
from core.level_counts
