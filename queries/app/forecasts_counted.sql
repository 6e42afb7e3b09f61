/* How many forecasts of the ledger were late, and how many answers were changed later.

   inputs  main.forecast_scores
   columns
     n_late     bigint  forecasts that were late, which are never scored
     n_changed  bigint  questions whose answer was changed by a correction or by days that were read later
   source  main.forecast_scores
*/
select
    count_if(is_late)::bigint as n_late,
    count_if(not is_late and resolution_no > 1)::bigint as n_changed
from main.forecast_scores
