/* Is a 95 % band right 95 times of 100? Simulated histories without a change, made of stories that GDELT published.

   grain   indicator, stories_a_day, half_life_days, state
   inputs  raw.band_coverage
   built   view
   columns
     indicator       varchar  balance or intensity
     stories_a_day   double   rate of stories
     half_life_days  integer  days after which a story counts half
     state           varchar  thin or ok
     n_draws         bigint   simulated histories that ended in this state
     n_held          bigint   those whose band held the value of all stories together
     coverage        double   n_held / n_draws; 0.95 is promised
     half_width      double   mean half-width of the band, in the indicator's unit
   source  python -m dashboard.calibration, with a fixed seed; METHOD 6
*/
select
    indicator,
    stories_a_day::double as stories_a_day,
    half_life_days::integer as half_life_days,
    state,
    n_draws::bigint as n_draws,
    n_held::bigint as n_held,
    n_held::double / n_draws::double as coverage,
    half_width::double as half_width
from raw.band_coverage
