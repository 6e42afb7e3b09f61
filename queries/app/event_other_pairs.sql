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
select
    events.dyad,
    events.event_id,
    coalesce(events.summary, events.source_title, events.code) as summary,
    events.summary_es
from main.events as here
inner join
    main.events
    on
        here.dataset = events.dataset
        and here.dyad <> events.dyad
        and here.event_day = events.event_day
        and here.source_country = events.source_country
        and here.domain = events.domain
        and here.code = events.code
where
    here.event_id = $event
    and events.is_excluded is not true
order by events.dyad, events.event_id
