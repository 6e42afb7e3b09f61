/* Steps of a series at which its level shifts, where its half-years could not stand in any order. The SELECT is the question, the columns are the answer.

   grain     dataset, dyad, domain, step
   inputs    statistics.searched_steps
   computed  bilateral.compute.statistics.change_points.breaks
   columns
     dataset       varchar  where the stories come from
     dyad          varchar  pair or direction
     domain        varchar  subject, or all
     step          bigint   first step after the change
     first_step    bigint   first step of the level before
     last_step     bigint   last step of the level after
     window_first  bigint   first step of the change's 95 % window
     window_last   bigint   last step of it
   source  PELT with squared error (ruptures), at least 5 steps a level, penalty 3 ln T σ² times the design effect; only with p <= 0.01
*/
select
    dataset,
    dyad,
    domain,
    day_no,
    value
from statistics.searched_steps
order by dataset, dyad, domain, step
