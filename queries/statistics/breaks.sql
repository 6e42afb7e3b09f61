/* Places in a series of stories where its level shifts. The SELECT is the question, the columns are the answer.

   grain     dataset, dyad, domain, place
   inputs    statistics.searched_stories
   computed  dashboard.change_points.breaks
   columns
     dataset       varchar  where the stories come from
     dyad          varchar  pair or direction
     domain        varchar  subject, or all
     place         bigint   first story after the change
     first_place   bigint   first story of the level before
     last_place    bigint   last story of the level after
     window_first  bigint   first place of the change's 95 % window
     window_last   bigint   last place of it
   source  PELT with squared error (ruptures), at least 5 stories a level, penalty 3 ln T σ²
*/
select
    dataset,
    dyad,
    domain,
    day_no,
    value
from statistics.searched_stories
order by dataset, dyad, domain, place
