/* Does an indicator lead an outcome, follow it, or move with it? The figures of each question, before the number of tests is taken into account.

   grain     dyad, domain, indicator, half_life_days, series_id, question
   inputs    statistics.lead_lag_months
   computed  bilateral.compute.statistics.lead_lag.tests
   columns
     dyad            varchar  the pair
     domain          varchar  subject of the indicator, or all
     indicator       varchar  the indicator
     half_life_days  integer  its half-life
     series_id       varchar  the outcome
     question        varchar  leads (the indicator tells something of the outcome of the next months), follows (the reverse), same_month
     state           varchar  ok, too few (months), does not vary, or managed (an exchange rate that a central bank sets)
     n               bigint   months
     first_month     date     first day of the first month
     last_month      date     first day of the last month
     effect_sd       double   sum of the coefficients of all lags, standard deviations of one series for one of the other; same_month: correlation
     effect_low      double   lower end of its 90 % band, which rests on the same shifts as p
     effect_high     double   upper end
     partial_r2      double   share of the variance left by the own past that the other series' past explains
     n_shifts        bigint   shifts of the series by a year or more that p rests on
     p_shift         double   share of shifts, the series as it is included, that explain as much
     p_surrogate     double   the same of 999 surrogates with the memory of the series; NULL where there are 60 shifts or more
     oos_r2          double   R² of forecasts one month ahead by both pasts against those by the own past; negative where they are worse
     oos_p           double   p of its gain, Clark and West
     seen_at_r2_10   double   share of planted links with a partial R² of 0.1 that the test finds at 10 %; NULL for exploratory tests
   source  dashboard/compute/statistics/lead_lag.py, with a fixed seed
*/
select * exclude (friction, outcome_level, is_reconstruction, is_then, expected_sign)
from statistics.lead_lag_months
order by dyad, domain, indicator, half_life_days, series_id, month
