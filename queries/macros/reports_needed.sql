/* Reports of the pairs that a series needs, and those of other pairs that have an id in common with them: a source that corrects itself may
   name another country. Curated datasets come together, as an id that two of them use names two acts.

   parameters  for_dataset, for_dyad, for_compared
   columns  those of staging.reports
   source  staging.reports
*/
with together as (
    select others.dataset
    from staging.datasets as asked
    inner join staging.datasets as others on asked.dataset = others.dataset or (asked.is_curated and others.is_curated)
    where asked.dataset = for_dataset
),

own as materialized (
    select *
    from staging.reports
    where
        dataset in (select dataset from together)
        and dyad in (select pair from main.series_needed(for_dyad, for_compared))
)

select *
from own
union all
select *
from staging.reports
where
    dataset in (select dataset from together)
    and dyad not in (select pair from main.series_needed(for_dyad, for_compared))
    and source_event_id in (select source_event_id from own)
