/* Reports of the days that are made anew: nothing but a shorter way to them.

   parameters  for_dataset, for_dyad, for_as_of, for_compared
   columns  those of raw.reports
   source  raw.reports
*/
with chosen as (
    select *
    from raw.reports
    where
        dataset = for_dataset
        and added_at < for_as_of::date + 1
        and event_day in (select day from main.late_days(for_dataset, for_dyad, for_as_of, for_compared))
)

select unnest(list(chosen), max_depth := 2)
from chosen
