/* The days of a pair as they were covered at the end of an earlier day (UTC).

   parameters  for_dataset, for_dyad, for_as_of
   columns  those of core.calendar
   replaces    core.dyad_day; core.coverage by coverage_by(for_dataset, for_as_of)
   result      core.calendar
*/
select *
from main.dyad_day_by(for_dataset, for_dyad, 'all', for_as_of)
