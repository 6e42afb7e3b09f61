/* How large a change is found with how many stories? Simulated series with one change half-way.

   grain   world, n_stories, size
   inputs  raw.power
   built   view
   columns
     world         varchar  how the stories were made
     n_stories     bigint  stories of the series in the mean, half of them before the change
     size          double  size of the change, points of balance; 0 gives the false alarms
     n_draws       bigint  simulated series
     n_found       bigint  those in which a change is found
     share_found   double  n_found / n_draws
     share_placed  double  share of all series in which the window of a change holds its place
   source  python -m bilateral.evaluation.false_alarms, with a fixed seed
*/
select
    world,
    n_stories::bigint as n_stories,
    size::double as size,
    n_draws::bigint as n_draws,
    n_found::bigint as n_found,
    n_found::double / n_draws::double as share_found,
    n_placed::double / n_draws::double as share_placed
from raw.power
