/* Which tests of leads and lags are made, with their settings, as they were written down before any was made.

   grain   none
   inputs
   columns
     series_id       varchar  the outcome
     dataset         varchar  where the events of the indicator come from
     indicator       varchar  the indicator
     domain          varchar  its subject, or all
     half_life_days  varchar  its half-life
     family          varchar  primary (a few of a pair, corrected for their number) or exploratory (no conclusion is drawn)
     lags            varchar  months of the past that are looked at
     apart_months    varchar  months by which a shift moves a series at least
     least_months    varchar  months that both series must have in common
     forecast_from   varchar  months after which forecasts begin
   source  seeds/lead_lag.csv
*/
select
    series_id,
    dataset,
    indicator,
    domain,
    half_life_days,
    family,
    lags,
    apart_months,
    least_months,
    forecast_from
from read_csv(getvariable('seeds') || '/lead_lag.csv', header = true, all_varchar = true)
