/* Indicator and outcome of each month, and the settings of their test: the longest run of months without a gap.

   The indicator is the logarithm of 1 + friction, as friction has many small values and few large ones. Both are
   rounded to nine decimals: sums that are added in another order would else start the tests anew.

   grain   dyad, domain, indicator, half_life_days, series_id, month
   inputs  raw.lead_lag, raw.outcome_series, statistics.outcome_changes, statistics.friction_months
   columns
     dyad               varchar  the pair
     domain             varchar  subject of the indicator, or all
     indicator          varchar  the indicator
     half_life_days     integer  its half-life
     series_id          varchar  the outcome
     month              date     first day of the month
     indicator_value    double   ln(1 + friction) on the last day of the month
     outcome_value      double   change of the outcome in the month, see statistics.outcome_changes
     friction           double   friction on the last day of the month, score points per 30 days
     outcome_level      double   value of the outcome in the month, in its unit
     family             varchar  primary or exploratory
     is_seasonal        boolean  the outcome is not seasonally adjusted: months of the year are taken into account
     refusal            varchar  why no test is made, else NULL: managed (an exchange rate that a central bank sets)
     expected_sign      integer  sign expected of more friction, written down before: 1, -1, or 0 for either
     lags               integer  months of the past that are looked at
     apart_months       integer  months by which a shift moves a series at least
     least_months       integer  months that both series must have in common
     forecast_from      integer  months after which forecasts begin
     is_reconstruction  boolean  the indicator is made of what is coded today
     is_then            boolean  the outcome was known within a year of the month
   source  seeds/lead_lag.csv, statistics.friction_months, statistics.outcome_changes
*/
with months as (
    select
        outcome_series.dyad,
        lead_lag.domain,
        lead_lag.indicator,
        lead_lag.half_life_days::integer as half_life_days,
        lead_lag.series_id,
        outcome_changes.month,
        round(ln(1e0 + friction_months.friction), 9) as indicator_value,
        round(outcome_changes.change, 9) as outcome_value,
        friction_months.friction,
        outcome_changes.value as outcome_level,
        lead_lag.family,
        outcome_series.seasonal = 'nsa' as is_seasonal,
        case when contains(outcome_series.measure, 'managed') then 'managed' end as refusal,
        case outcome_series.expected_sign when 'positive' then 1 when 'negative' then -1 else 0 end as expected_sign,
        lead_lag.lags::integer as lags,
        lead_lag.apart_months::integer as apart_months,
        lead_lag.least_months::integer as least_months,
        lead_lag.forecast_from::integer as forecast_from,
        true as is_reconstruction,
        outcome_changes.is_then
    from raw.lead_lag
    inner join raw.outcome_series on lead_lag.series_id = outcome_series.series_id
    inner join statistics.outcome_changes on lead_lag.series_id = outcome_changes.series_id
    inner join
        statistics.friction_months
        on
            lead_lag.dataset = friction_months.dataset
            and outcome_series.dyad = friction_months.dyad
            and lead_lag.domain = friction_months.domain
            and lead_lag.half_life_days::integer = friction_months.half_life_days
            and outcome_changes.month = friction_months.month
    where outcome_changes.change is not null
),

numbered as (
    select
        *,
        date_diff('month', date '2000-01-01', month) - row_number() over (series order by month) as run
    from months
    window series as (partition by domain, indicator, half_life_days, series_id)
),

run_lengths as (
    select
        *,
        count(*) over (partition by domain, indicator, half_life_days, series_id, run) as run_length
    from numbered
)

select * exclude (run, run_length)
from run_lengths
qualify dense_rank() over (partition by domain, indicator, half_life_days, series_id order by run_length desc, run desc) = 1
