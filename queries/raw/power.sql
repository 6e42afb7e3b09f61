/* How often a change of a given size is found in so many stories, by simulation.

   grain   world, n_stories, size
   inputs
   columns
     world      varchar  how the stories were made
     n_stories  varchar  stories of the series in the mean, half of them before the change
     size       varchar  size of the change, points
     n_draws    varchar  simulated series
     n_found    varchar  those in which a change is found
     n_placed   varchar  those in which a window holds the place of the change
   source  seeds/power.csv, written by `python -m bilateral.evaluation.false_alarms`
*/
select
    world,
    n_stories,
    size,
    n_draws,
    n_found,
    n_placed
from read_csv(getvariable('seeds') || '/power.csv', header = true, all_varchar = true)
