/* In which series an event counts, without the events that are known from one side; those of no known side stay.

   parameters  for_dataset, for_side
   columns  those of core.credits
   source  core.credits, main.events
*/
select *
from core.credits
where
    dataset = for_dataset
    and event_id not in (
        select event_id
        from main.events
        where dataset = for_dataset and source_side = for_side
    )
