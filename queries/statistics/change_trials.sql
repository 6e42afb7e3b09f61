/* How often the same search finds a change where there is none: in shuffled stories, and in shuffled blocks of eight weeks.

   grain     dataset, dyad, domain
   inputs    statistics.searched_steps
   computed  dashboard.change_points.trials
   columns
     dataset                varchar  where the stories come from
     dyad                   varchar  pair or direction
     domain                 varchar  subject, or all
     n_steps                bigint   length T of what was searched
     penalty                double   squared error that a change must save
     n_changes              bigint   changes found
     false_alarms_shuffled  double   share of shuffled series in which a change is found
     false_alarms_blocks    double   the same with blocks of eight weeks shuffled
     n_shuffles             bigint   shuffled series of each sort
   source  dashboard/change_points.py, with a fixed seed
*/
select
    dataset,
    dyad,
    domain,
    day_no,
    value
from statistics.searched_steps
order by dataset, dyad, domain, step
