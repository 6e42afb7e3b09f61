/* The dyad-day with mutual acts counted in another way, see credits_of: of the pairs and directions that a series needs.

   parameters  for_dataset, for_dyad, for_mutual, for_compared := false
   columns  those of core.dyad_day
   replaces    core.counted_credits
   result      core.dyad_day
*/
select *
from main.credits_of(for_dataset, for_mutual)
where dyad in (select dyad from main.series_needed(for_dyad, for_compared))
