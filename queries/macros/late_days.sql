/* Days of a pair that looked otherwise on an earlier day: a report or a mention of their events arrived after it.

   Reports of one event may name two pairs, when its source corrects itself; a late one touches the days of all of them.

   parameters  for_dataset, for_dyad, for_as_of, for_compared := false
   columns
     dyad  varchar  the pair; with for_compared also those that it is compared with
     day   date     day of the acts, not after for_as_of
   source  staging.reports, raw.mentions
*/
with pairs as (
    select distinct pair from main.series_needed(for_dyad, for_compared)
),

late as (
    select
        dyad,
        day,
        source_event_id
    from staging.reports
    where dataset = for_dataset and day <= for_as_of::date and added_at >= for_as_of::date + 1
    union all
    select
        null as dyad,
        null as day,
        source_event_id
    from raw.mentions
    where for_dataset = 'gdelt' and mentioned_at >= for_as_of::date + 1 and coalesce(event_added_at < for_as_of::date + 1, true)
)

select
    dyad,
    day
from late
where dyad in (select pair from pairs)
union
select
    dyad,
    day
from staging.reports
where
    dataset = for_dataset
    and day <= for_as_of::date
    and dyad in (select pair from pairs)
    and source_event_id in (select source_event_id from late)
