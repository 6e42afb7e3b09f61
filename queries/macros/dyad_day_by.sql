/* The dyad-day as it would have been made on an earlier day, of the reports that had been published by its end (UTC) alone: of the series
   that a request needs, and of all domains together, by which the calendar goes.

   Days of which nothing came later are read as they are; the others are made anew.

   parameters  for_dataset, for_dyad, for_domain, for_as_of, for_compared := false
   columns  those of core.dyad_day
   source  core.dyad_day, main.relearned
*/
with late as (
    select
        dyad_keys.dyad,
        late_days.day
    from main.late_days(for_dataset, for_dyad, for_as_of, for_compared) as late_days
    inner join staging.dyad_keys on late_days.dyad = dyad_keys.pair
),

needed as (
    select dyad
    from staging.dyad_keys
    where pair in (select pair from main.series_needed(for_dyad, for_compared))
)

select dyad_day.*
from core.dyad_day
anti join late on dyad_day.dyad = late.dyad and dyad_day.day = late.day
where
    dyad_day.dataset = for_dataset
    and dyad_day.day <= for_as_of::date
    and dyad_day.domain in (for_domain, 'all')
    and dyad_day.dyad in (select dyad from needed)
union all
select relearned.*
from main.relearned(for_dataset, for_dyad, for_as_of, for_compared) as relearned
semi join late on relearned.dyad = late.dyad and relearned.day = late.day
where relearned.domain in (for_domain, 'all')
