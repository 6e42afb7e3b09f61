/* In which series the events of a pair count when they are made by other choices than the dataset's own, see datasets_chosen.

   Every query from the ladder of de-duplication on stands as it is. A correction of the user's holds for the event of its name, so at another level
   only where that level has an event of this name.

   parameters  for_dataset, for_dyad, for_level, for_score, for_weight, for_compared, for_gate
   columns  those of core.credits
   replaces    staging.datasets; staging.reports by reports_needed(for_dataset, for_dyad, for_compared); raw.reports by rows_needed(for_dataset, for_dyad, for_compared)
   keeps       staging.gate, staging.gate_actors, staging.gate_addresses
   result      core.credits
*/
select *
from main.datasets_chosen(for_level, for_score, for_weight, for_gate)
