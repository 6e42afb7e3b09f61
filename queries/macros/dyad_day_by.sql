/* The dyad-day as it would have been made on an earlier day, of the reports that had been published by its end (UTC) alone: of the pairs
   that a series needs, with both directions.

   Days of which nothing came later are read as they are; the others are made anew.

   parameters  for_dataset, for_dyad, for_as_of, for_compared := false
   columns  those of core.dyad_day
   source  core.dyad_day, main.relearned
*/
with late as materialized (
    select
        dyad as pair,
        day
    from main.late_days(for_dataset, for_dyad, for_as_of, for_compared)
),

needed as (
    select
        pair,
        dyad
    from staging.dyad_keys
    where pair in (select pair from main.series_needed(for_dyad, for_compared))
)

select dyad_day.*
from core.dyad_day
inner join needed on dyad_day.dyad = needed.dyad
left join late on needed.pair = late.pair and dyad_day.day = late.day
where dyad_day.dataset = for_dataset and dyad_day.day <= for_as_of::date and late.day is null
union all
select relearned.*
from main.relearned(for_dataset, for_dyad, for_as_of, for_compared) as relearned
inner join needed on relearned.dyad = needed.dyad
inner join late on needed.pair = late.pair and relearned.day = late.day
