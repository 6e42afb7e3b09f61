/* How often chance fits a change of level as well, in a series with the same memory: its half-years, each kept whole, in any other order.

   grain     dataset, dyad, domain
   inputs    statistics.searched_steps
   computed  bilateral.compute.statistics.change_points.trials
   columns
     dataset        varchar  where the stories come from
     dyad           varchar  pair or direction
     domain         varchar  subject, or all
     n_steps        bigint   length T of what was searched
     n_half_years   bigint   half-years with stories
     design_effect  double   how much more half-years differ than as many independent stories would; 1 at least
     penalty        double   squared error that a change must save
     n_changes      bigint   changes found; 0 where p is above 0.01
     p              double   share of the orders of the half-years in which two levels fit as well; NULL with fewer than 8 half-years
     n_shuffles     bigint   orders that p rests on
   source  dashboard/compute/statistics/change_points.py, with a fixed seed
*/
select
    dataset,
    dyad,
    domain,
    day_no,
    value
from statistics.searched_steps
order by dataset, dyad, domain, step
