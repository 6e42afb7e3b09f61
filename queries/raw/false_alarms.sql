/* How often an indicator gives an alarm in simulations without any change.

   grain   indicator, world, window_days, stories_a_year, denser
   inputs
   columns
     indicator       varchar  tension, or change points
     world           varchar  how the stories were made
     window_days     varchar  length of a window of tension; empty for change points
     stories_a_year  varchar  at the start
     denser          varchar  how many times as many come in the last two fifths
     n_judged        varchar  days with a tension, or series searched
     n_alarms        varchar  days above the line of 2.5, or series with a change
   source  seeds/false_alarms.csv, written by `python -m bilateral.evaluation.false_alarms`
*/
select
    indicator,
    world,
    coalesce(window_days, '') as window_days,
    stories_a_year,
    denser,
    n_judged,
    n_alarms
from read_csv(getvariable('seeds') || '/false_alarms.csv', header = true, all_varchar = true)
