/* The dyad-day by other choices than the dataset's own, see credits_chosen: of the pairs and directions that a series needs.

   parameters  for_dataset, for_dyad, for_level, for_score, for_weight, for_mutual, for_compared := false, for_gate := null
   columns  those of core.dyad_day
   replaces    core.counted_credits
   result      core.dyad_day
*/
select *
from main.credits_chosen(for_dataset, for_dyad, for_level, for_score, for_weight, for_compared, for_gate)
where
    dataset = for_dataset
    and dyad in (select dyad from main.series_needed(for_dyad, for_compared))
    and (contains(dyad, '>'), is_mutual, is_mirror) in (select (is_direction, is_mutual, is_mirror) from main.mutual_counted(for_mutual))
