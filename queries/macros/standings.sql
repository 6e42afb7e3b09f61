/* Balance, words and deeds with their bands and verdicts, one row a day: what tiles say of `series`, asked for in half the time.

   By the same queries as `series`, as far as the deeds.

   parameters  for_dataset, for_dyad, for_domain, for_half_life_days, for_compared := false, for_directions := false
   replaces    indicators.requested; core.calendar by calendar_of(for_dataset); core.dyad_day by dyad_day_of(for_dataset, for_dyad, for_domain, for_compared or for_directions)
   result      indicators.deeds
*/
select *
from main.requested_of(for_dataset, for_dyad, for_domain, for_half_life_days, for_compared, for_directions)
