/* How often a band holds the value that it should, by simulation.

   grain   indicator, stories_a_day, half_life_days, state
   inputs
   columns
     indicator       varchar  balance or intensity
     stories_a_day   varchar  rate of stories
     half_life_days  varchar  days after which a story counts half
     state           varchar  thin or ok
     n_draws         varchar  simulated histories that ended in this state
     n_held          varchar  those whose band held the value of all stories together
     half_width      varchar  mean half-width of the band
   source  seeds/band_coverage.csv, written by `python -m dashboard.calibration`
*/
select
    indicator,
    stories_a_day,
    half_life_days,
    state,
    n_draws,
    n_held,
    half_width
from read_csv(getvariable('seeds') || '/band_coverage.csv', header = true, all_varchar = true)
