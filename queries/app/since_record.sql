/* What sources that a machine coded, and nobody reviewed, tell after the record of a pair ends: pairs with most such events first.

   inputs  main.events, main.indicator_day, main.dyads
   parameters  dataset (the one that people coded), curated (names of all such)
   columns
     dyad        varchar  the pair
     dataset     varchar  the machine-coded source
     record_end  date     last day that was read of the pair by people
     n_events    bigint   events after it that count
     newest_day  date     day of the newest of them
   source  main.events
*/
with records as (
    select
        dyad,
        max(day) filter (where is_covered) as record_end
    from main.indicator_day
    where dataset = $dataset and domain = 'all'
    group by dyad
)

select
    events.dyad,
    events.dataset,
    any_value(records.record_end) as record_end,
    count(*) as n_events,
    max(events.event_day) as newest_day
from main.events
inner join main.dyads on events.dyad = dyads.dyad
inner join records on events.dyad = records.dyad and events.event_day > records.record_end
where
    not list_contains($curated, events.dataset)
    and not events.is_backdated
    and events.is_excluded is not true
    and events.gate in ('passed', 'not judged')
group by events.dyad, events.dataset
order by n_events desc, events.dyad asc, events.dataset asc
