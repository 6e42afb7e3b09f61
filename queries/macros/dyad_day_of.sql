/* The dyad-day of the series that a request needs, and nothing else: joins are planned by what is in it.

   parameters  for_dataset, for_dyad, for_domain, for_compared
   columns  those of core.dyad_day
   source  core.dyad_day
*/
select *
from core.dyad_day
where
    dataset = for_dataset
    and domain = for_domain
    and dyad in (select dyad from main.series_needed(for_dyad, for_compared))
