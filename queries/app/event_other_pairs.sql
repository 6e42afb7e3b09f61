/* Events of the same day, actor, subject and code as one, recorded of other pairs: a step among three parties stands once in each pair.

   inputs  main.events
   parameters  event
   columns
     dyad        varchar  the other pair
     event_id    varchar  the event as that pair has it
     summary     varchar  one sentence
     summary_es  varchar  the same in Spanish, where the curator wrote one
   source  main.events
*/
with here as (
    select
        dataset,
        dyad,
        event_day,
        source_country,
        domain,
        code
    from main.events
    where event_id = $event
)

select
    events.dyad,
    events.event_id,
    coalesce(events.summary, events.source_title, events.code) as summary,
    events.summary_es
from main.events
inner join
    here
    on
        events.dataset = here.dataset
        and events.dyad <> here.dyad
        and events.event_day = here.event_day
        and events.source_country = here.source_country
        and events.domain = here.domain
        and events.code = here.code
where events.is_excluded is not true
order by events.dyad, events.event_id
