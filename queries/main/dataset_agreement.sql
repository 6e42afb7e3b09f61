/* Do two datasets tell the same of a pair? Correlation and sign of the same months' balances.

   grain   dataset, other_dataset, dyad
   inputs  statistics.dataset_agreement
   built   view
   columns
     dataset           varchar  one dataset
     other_dataset     varchar  the other, later in the alphabet
     dyad              varchar  pair or direction
     state             varchar  ok, too few months (fewer than 12), or one does not vary
     n_months          bigint   months with stories in both
     correlation       double   Pearson's r of the balances; NULL unless ok
     correlation_low   double   lower end of its 95 % interval (Fisher), as if months were independent
     correlation_high  double   upper end
     n_signed          bigint   months in which neither balance is exactly 0
     n_same_sign       bigint   months in which both have the same sign
     sign_agreement    double   n_same_sign / n_signed; NULL without one
   source  statistics.dataset_agreement
*/
select
    dataset,
    other_dataset,
    dyad,
    state,
    n_months,
    correlation,
    correlation_low,
    correlation_high,
    n_signed,
    n_same_sign,
    sign_agreement
from statistics.dataset_agreement
