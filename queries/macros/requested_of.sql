/* The request for one series, with those that it is to be compared with, or for a pair's and those of its two directions.

   parameters  for_dataset, for_dyad, for_domain, for_half_life_days, for_compared, for_directions
   columns  those of indicators.requested
   source  main.series_needed
*/
select
    row_number() over (order by dyad) as series_no,
    for_dataset::varchar as dataset,
    dyad,
    for_domain::varchar as domain,
    for_half_life_days::integer as half_life_days,
    dyad = for_dyad or (for_directions and pair = for_dyad) as is_asked,
    for_compared and not for_directions as is_compared
from main.series_needed(for_dyad, for_compared or for_directions)
