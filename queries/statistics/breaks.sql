/* Dates at which the level of a series of stories changes, for series with a significant change.

   grain   dataset, dyad, domain, place
   inputs  statistics.found_breaks, statistics.searched_steps, statistics.change_tests
   columns
     dataset       varchar  where the stories come from
     dyad          varchar  pair or direction
     domain        varchar  subject, or all
     place         bigint   first story after the change
     first_place   bigint   first story of the level before
     last_place    bigint   last story of the level after
     window_first  bigint   first place of the change's 95 % window
     window_last   bigint   last place of it
   source  statistics.found_breaks, from steps to stories
*/
select
    found_breaks.dataset,
    found_breaks.dyad,
    found_breaks.domain,
    min(steps.first_place) filter (where steps.step = found_breaks.step) as place,
    min(steps.first_place) filter (where steps.step = found_breaks.first_step) as first_place,
    max(steps.last_place) filter (where steps.step = found_breaks.last_step) as last_place,
    min(steps.first_place) filter (where steps.step = found_breaks.window_first) as window_first,
    max(steps.last_place) filter (where steps.step = found_breaks.window_last) as window_last
from statistics.found_breaks
inner join
    statistics.searched_steps as steps
    on found_breaks.dataset = steps.dataset and found_breaks.dyad = steps.dyad and found_breaks.domain = steps.domain
inner join
    statistics.change_tests
    on
        found_breaks.dataset = change_tests.dataset
        and found_breaks.dyad = change_tests.dyad
        and found_breaks.domain = change_tests.domain
where change_tests.is_claimed
group by found_breaks.dataset, found_breaks.dyad, found_breaks.domain, found_breaks.step
