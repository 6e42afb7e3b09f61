/* Does one country answer what the other did to it? For each pair, by weeks and by months, in both directions, or why that cannot be told.

   grain   dataset, dyad, period, responder
   inputs  statistics.reciprocity
   built   view
   columns
     dataset         varchar  where the acts come from
     dyad            varchar  the pair
     period          varchar  week or month
     responder       varchar  the directed series that answers, as MEX>USA
     answered        varchar  the directed series that it answers, as USA>MEX
     state           varchar  ok, too few weeks, or too few months
     first_day       date     first day of the first period
     n_periods       bigint   whole periods read without a gap
     n_both          bigint   periods with acts in both directions
     chosen_lags     bigint   periods back that BIC chooses, at most 4; 0 where the past says nothing
     lags            bigint   periods back that were fitted, 1 at least
     response        double   sum of the coefficients of the other's past: score points for each score point
     response_low    double   lower end of its 95 % interval
     response_high   double   upper end
     response_error  double   its standard error
     response_p      double   chance of such coefficients without any response (Wald)
     inertia         double   sum of the coefficients of the own past
     inertia_error   double   its standard error
     is_stable       boolean  shocks die out; if not, the numbers mean little
   source  statistics.reciprocity
*/
select
    dataset,
    dyad,
    period,
    responder,
    answered,
    state,
    first_day,
    n_periods,
    n_both,
    chosen_lags,
    lags,
    response,
    response_low,
    response_high,
    response_error,
    response_p,
    inertia,
    inertia_error,
    is_stable
from statistics.reciprocity
