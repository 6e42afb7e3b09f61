/* How many tests of leads and lags were made over all pairs, and how many of them have a p below 0.1.

   inputs  main.lead_lag
   parameters
   columns
     n_tests  bigint  tests that conclusions are drawn from, of all pairs
     n_low    bigint  of these with a p below 0.1
   source  main.lead_lag
*/
select
    count(*) as n_tests,
    count(*) filter (where coalesce(p_surrogate, p_shift) < 0.1) as n_low
from main.lead_lag
where family <> 'exploratory' and state = 'ok'
