/* How each of two countries answers the other, where the series are long enough.

   grain     dataset, dyad, period, responder
   inputs    statistics.directed_periods, statistics.period_counts
   computed  bilateral.compute.statistics.reciprocity.answers
   columns
     dataset         varchar  where the acts come from
     dyad            varchar  the pair, A-B
     period          varchar  week or month
     responder       varchar  back: B answers A; there: A answers B
     chosen_lags     bigint   periods back that BIC chooses, at most 4; 0 where the past says nothing
     lags            bigint   periods back that were fitted, 1 at least
     response        double   sum of the coefficients of the other's past: score points for each score point
     response_error  double   its standard error
     response_p      double   chance of such coefficients without any response (Wald)
     inertia         double   sum of the coefficients of the own past
     inertia_error   double   its standard error
     is_stable       boolean  shocks die out; if not, the numbers mean little
   source  vector autoregression with a constant (statsmodels)
*/
select
    directed_periods.dataset,
    directed_periods.dyad,
    directed_periods.period,
    round(directed_periods.there, 9) as there,
    round(directed_periods.back, 9) as back
from statistics.directed_periods
inner join
    statistics.period_counts
    on
        directed_periods.dataset = period_counts.dataset
        and directed_periods.dyad = period_counts.dyad
        and directed_periods.period = period_counts.period
where period_counts.is_long
order by directed_periods.dataset, directed_periods.dyad, directed_periods.period, directed_periods.starts
