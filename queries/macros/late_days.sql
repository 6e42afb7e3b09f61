/* Days of a pair that looked otherwise on an earlier day: what changes them, or one of the four weeks whose happenings they share, came after it.

   parameters  for_dataset, for_dyad, for_as_of, for_compared := false
   columns
     dyad  varchar  the pair; with for_compared also those that it is compared with
     day   date     day of the acts, not after for_as_of
   source  core.known_since
*/
with told as (
    select
        dyad,
        day,
        date_diff('day', date '1900-01-01', day) // 28 as frame,
        known_since > for_as_of::date as is_late
    from core.known_since
    where
        dataset = for_dataset
        and day <= for_as_of::date
        and dyad in (select pair from main.series_needed(for_dyad, for_compared))
),

frames as (
    select distinct
        dyad,
        frame
    from told
    where is_late
)

select
    told.dyad,
    told.day
from told
inner join frames on told.dyad = frames.dyad and told.frame = frames.frame
