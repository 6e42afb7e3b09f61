/* Pairs and directions whose days a series needs: itself and, where it is to be compared, those that it is compared with.

   parameters  for_dyad, for_compared
   columns  those of staging.dyad_keys
   source  staging.dyad_keys
*/
select *
from staging.dyad_keys
where
    dyad = for_dyad
    or (for_compared and pair = for_dyad)
    or (for_compared and is_standard and source_country = split_part(for_dyad, '>', 1))
