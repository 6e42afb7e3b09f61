/* Days of a pair that looked otherwise on an earlier day: what changes them came after it.

   parameters  for_dataset, for_dyad, for_as_of, for_compared := false
   columns
     dyad  varchar  the pair; with for_compared also those that it is compared with
     day   date     day of the acts, not after for_as_of
   source  core.known_since
*/
select
    dyad,
    day
from core.known_since
where
    dataset = for_dataset
    and day <= for_as_of::date
    and known_since > for_as_of::date
    and dyad in (select pair from main.series_needed(for_dyad, for_compared))
