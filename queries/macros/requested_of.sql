/* The request for one series, with those that it is to be compared with.

   parameters  for_dataset, for_dyad, for_domain, for_half_life_days, for_compared
   columns  those of indicators.requested
   source  main.series_needed
*/
select
    for_dataset::varchar as dataset,
    dyad,
    for_domain::varchar as domain,
    for_half_life_days::integer as half_life_days,
    dyad = for_dyad as is_asked,
    for_compared as is_compared
from main.series_needed(for_dyad, for_compared)
