/* What each outcome did in each month, of the first value that was known of each period.

   The month of a daily series is the mean of its days and needs ten of them; one that is not over counts with those it has.

   grain   series_id, month
   inputs  raw.outcomes, raw.outcome_series
   built   passing
   columns
     series_id  varchar  the series
     month      date     first day of the month
     value      double   value of the month, in the unit of the series
     change     double   as the series enters a comparison: difference of logarithms or of values to the month before, or the value itself
     is_then    boolean  known within a year of the period; else loaded later, perhaps with revisions that were not known then
   source  raw.outcomes: the first release of each period
*/
with firsts as (
    select *
    from raw.outcomes
    where value is not null
    qualify row_number() over (partition by series_id, period_start order by known_from asc, file_id desc) = 1
),

months as (
    select
        firsts.series_id,
        outcome_series.transform,
        date_trunc('month', firsts.period_start)::date as month,
        avg(firsts.value) as value,
        bool_and(firsts.known_from <= firsts.period_end + 366) as is_then
    from firsts
    inner join raw.outcome_series on firsts.series_id = outcome_series.series_id
    group by firsts.series_id, outcome_series.transform, outcome_series.frequency, date_trunc('month', firsts.period_start)
    having outcome_series.frequency = 'month' or count(*) >= 10
),

compared as (
    select
        *,
        case when lag(month) over past = (month - interval 1 month)::date then lag(value) over past end as value_before
    from months
    window past as (partition by series_id order by month)
)

select
    series_id,
    month,
    value,
    case transform
        when 'dlog' then case when value > 0 and value_before > 0 then ln(value / value_before) end
        when 'diff' then value - value_before
        else value
    end as change,
    is_then
from compared
