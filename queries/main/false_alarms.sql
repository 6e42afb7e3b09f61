/* How often an indicator gives an alarm in simulations without any change: independent stories, bursts, levels that wander and return.

   grain   indicator, world, window_days, stories_a_year, denser
   inputs  raw.false_alarms
   built   view
   columns
     indicator       varchar  tension, or change points
     world           varchar  how the stories were made
     window_days     integer  length of a window of tension; 0 for change points, which look at the whole series
     stories_a_year  double   at the start
     denser          double   how many times as many come in the last two fifths of ten years
     n_judged        bigint   days with a tension, or series searched
     n_alarms        bigint   days above the line of 2.5, or series with a change
     share           double   n_alarms / n_judged
   source  python -m bilateral.evaluation.false_alarms, with a fixed seed
*/
select
    indicator,
    world,
    coalesce(nullif(window_days, '')::integer, 0) as window_days,
    stories_a_year::double as stories_a_year,
    denser::double as denser,
    n_judged::bigint as n_judged,
    n_alarms::bigint as n_alarms,
    n_alarms::double / nullif(n_judged::bigint, 0) as share
from raw.false_alarms
