/* Every indicator of the reports that had been published by the end of a day (UTC), one row a day up to it. Ask `series_as_of`, which
   also says what that means.

   parameters  for_dataset, for_dyad, for_domain, for_half_life_days, for_as_of, for_compared := false, for_directions := false
   columns  those of indicators.series
   replaces    indicators.requested; core.coverage by coverage_by(for_dataset, for_as_of); core.dyad_day by dyad_day_by(for_dataset, for_dyad, for_domain, for_as_of, for_compared or for_directions)
   result      indicators.series
*/
select *
from main.requested_of(for_dataset, for_dyad, for_domain, for_half_life_days, for_compared, for_directions)
