/* Days of a pair that looked otherwise on an earlier day: a report or a mention of their events arrived after it, and changes what counts.

   A back-dated report counts nowhere, so it changes its day only where it joins what was known: the same id, page, or act. Reports of one
   id may name two pairs, when their source corrects itself; a late one touches the days of all of them.

   parameters  for_dataset, for_dyad, for_as_of, for_compared := false
   columns
     dyad  varchar  the pair; with for_compared also those that it is compared with
     day   date     day of the acts, not after for_as_of
   source  staging.reports, raw.mentions
*/
with pairs as (
    select distinct pair from main.series_needed(for_dyad, for_compared)
),

late as materialized (
    select
        dyad,
        day,
        source_event_id,
        url,
        directed_dyad,
        code,
        domain,
        is_backdated
    from staging.reports
    where dataset = for_dataset and day <= for_as_of::date and added_at >= for_as_of::date + 1
),

ids as (
    select source_event_id from late
    union all
    select source_event_id
    from raw.mentions
    where for_dataset = 'gdelt' and mentioned_at >= for_as_of::date + 1 and coalesce(event_added_at < for_as_of::date + 1, true)
),

known as (
    select *
    from staging.reports
    where dataset = for_dataset and day <= for_as_of::date and added_at < for_as_of::date + 1 and dyad in (select pair from pairs)
)

select
    dyad,
    day
from late
where not is_backdated and dyad in (select pair from pairs)
union
select
    dyad,
    day
from known
where source_event_id in (select source_event_id from ids)
union
select
    known.dyad,
    known.day
from known
inner join late on known.dyad = late.dyad and known.day = late.day
where
    late.is_backdated
    and (
        known.url = late.url
        or (known.directed_dyad = late.directed_dyad and known.code = late.code and known.domain = late.domain)
    )
