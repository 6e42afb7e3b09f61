/* How often 95 % intervals cover the true level in simulated histories: independent stories, bursts, happenings reported three and ten times, a few
   reported many times, and levels that wander.

   An interval refers to the smoothed level, not to that of the day; where the level wanders, `coverage_today` gives how often it also covered the
   level of the day. `direction` is the balance of what one side did alone, `change` the change of a balance within four weeks. Momentum has no
   half-life and is listed under 30 days.

   grain   world, half_life_days, indicator, state
   inputs  raw.band_coverage, raw.calibration_worlds
   built   view
   columns
     world           varchar  name of the world
     what            varchar  the world in one sentence
     is_constant     boolean  its level is constant; else it wanders
     half_life_days  integer  half-life: days in which a story loses half its weight
     indicator       varchar  name of an indicator, or direction or change
     state           varchar  thin or ok
     n_draws         bigint   simulated histories that ended in this state
     n_held          bigint   those whose interval covered the smoothed level
     coverage        double   n_held / n_draws; the nominal value is 0.95
     coverage_today  double   share of intervals that covered the level of the last day; for differences the same as coverage
     half_width      double   mean half-width of the interval, in the indicator's unit
   source  python -m bilateral.evaluation.calibration, with a fixed seed
*/
select
    band_coverage.world,
    calibration_worlds.what,
    calibration_worlds.memory_days::double = 0e0 as is_constant,
    band_coverage.half_life_days::integer as half_life_days,
    band_coverage.indicator,
    band_coverage.state,
    band_coverage.n_draws::bigint as n_draws,
    band_coverage.n_held::bigint as n_held,
    band_coverage.n_held::double / band_coverage.n_draws::double as coverage,
    band_coverage.n_held_today::double / band_coverage.n_draws::double as coverage_today,
    band_coverage.half_width::double as half_width
from raw.band_coverage
inner join raw.calibration_worlds on band_coverage.world = calibration_worlds.world
