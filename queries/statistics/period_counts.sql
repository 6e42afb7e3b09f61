/* Whether two directed series are long enough to ask who answers whom.

   grain   dataset, dyad, period
   inputs  statistics.directed_periods, staging.method
   built   passing
   columns
     dataset    varchar  where the acts come from
     dyad       varchar  the pair, A-B
     period     varchar  week or month
     first_day  date     first day of the first period
     n_periods  bigint   periods read without a gap
     n_both     bigint   periods with acts in both directions
     is_long    boolean  n_both reaches what seeds/method.csv asks for
   source  statistics.directed_periods
*/
select
    directed_periods.dataset,
    directed_periods.dyad,
    directed_periods.period,
    min(directed_periods.starts) as first_day,
    count(*) as n_periods,
    count(*) filter (where directed_periods.is_both) as n_both,
    count(*) filter (where directed_periods.is_both)
    >= case when directed_periods.period = 'week' then max(method.reciprocity_weeks) else max(method.reciprocity_months) end as is_long
from statistics.directed_periods
cross join staging.method
group by directed_periods.dataset, directed_periods.dyad, directed_periods.period
