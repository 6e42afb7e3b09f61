/* Response of an outcome to an indicator by month, before and after: local projections with one band for all months of a side.

   grain     dyad, domain, indicator, half_life_days, series_id, horizon
   inputs    statistics.lead_lag_months
   computed  bilateral.compute.statistics.lead_lag.curves
   columns
     dyad            varchar  the pair
     domain          varchar  subject of the indicator, or all
     indicator       varchar  the indicator
     half_life_days  integer  its half-life
     series_id       varchar  the outcome
     horizon         integer  months after the indicator, 0..6; before it, -6..-1, as a placebo: what came before cannot be its consequence
     response_sd     double   outcome from the month of the indicator to the horizon, or from the horizon to the month before, in standard deviations of a month's outcome for one of the indicator
     low             double   lower end of the 90 % band that holds for all months of the side together
     high            double   upper end
     p_joint         double   share of shifts whose largest |t| of the side is as high
   source  dashboard/compute/statistics/lead_lag.py, with a fixed seed; primary tests alone
*/
select * exclude (friction, outcome_level, is_reconstruction, is_then, expected_sign)
from statistics.lead_lag_months
where family = 'primary'
order by dyad, domain, indicator, half_life_days, series_id, month
