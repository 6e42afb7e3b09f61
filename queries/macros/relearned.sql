/* The dyad-day of days that looked otherwise on an earlier day, made anew of the reports that were known by then.

   Every query from the ladder of de-duplication to the dyad-day stands as it is; a choice of reports takes the place of all. They go
   through one list, so that joins and windows after it are planned for few rows: planned for millions, each takes ten times as long.

   parameters  for_dataset, for_dyad, for_as_of, for_compared := false
   columns  those of core.dyad_day
   replaces    staging.reports; raw.reports by reports_by(for_dataset, for_dyad, for_as_of, for_compared); raw.mentions by mentions_by(for_as_of)
   keeps       staging.codes
   result      core.dyad_day
*/
with late as (
    select
        dyad,
        day
    from main.late_days(for_dataset, for_dyad, for_as_of, for_compared)
),

known as (
    select *
    from staging.reports
    where dataset = for_dataset and added_at < for_as_of::date + 1 and day in (select day from late)
),

of_late_days as (
    select source_event_id
    from known
    where (dyad, day) in (select (dyad, day) from late)
),

chosen as (
    select *
    from known
    where
        (dyad, day) in (select (dyad, day) from late)
        or source_event_id in (select source_event_id from of_late_days)
)

select unnest(list(chosen), max_depth := 2)
from chosen
