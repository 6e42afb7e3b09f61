/* The dyad-day without the acts that are known from one side, see credits_without: of the pairs and directions that a series needs.

   parameters  for_dataset, for_dyad, for_side, for_compared := false
   columns  those of core.dyad_day
   replaces    core.credits
   result      core.dyad_day
*/
select *
from main.credits_without(for_dataset, for_side)
where dyad in (select dyad from main.series_needed(for_dyad, for_compared))
