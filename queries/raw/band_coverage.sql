/* How often an interval covers the true value, by simulation.

   grain   world, half_life_days, indicator, state
   inputs
   columns
     world           varchar  name of the world in seeds/calibration/worlds.csv
     half_life_days  varchar  half-life: days in which a story loses half its weight
     indicator       varchar  name of an indicator, or direction or change
     state           varchar  thin or ok
     n_draws         varchar  simulated histories that ended in this state
     n_held          varchar  those whose interval covered the smoothed level
     n_held_today    varchar  those whose band held the level of the last day
     half_width      varchar  mean half-width of the band
   source  seeds/band_coverage.csv, written by `python -m bilateral.evaluation.calibration`
*/
select
    world,
    half_life_days,
    indicator,
    state,
    n_draws,
    n_held,
    n_held_today,
    half_width
from read_csv(getvariable('seeds') || '/band_coverage.csv', header = true, all_varchar = true)
