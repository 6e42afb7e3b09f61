/* The event before and the event after one, of the same pair and dataset.

   inputs  main.events
   parameters  event
   columns
     side       varchar  before or after
     event_id   varchar  the neighbour
     event_day  date     its day
     summary    varchar  one sentence
     summary_es varchar  the same in Spanish, where the curator wrote one
   source  main.events
*/
with here as (
    select
        dataset,
        dyad,
        event_day,
        event_id
    from main.events
    where event_id = $event
),

around as (
    select
        events.*,
        (events.event_day, events.event_id) < (here.event_day, here.event_id) as is_before
    from main.events
    inner join here on events.dataset = here.dataset and events.dyad = here.dyad and events.event_id <> here.event_id
    where events.is_excluded is not true
)

select
    case when is_before then 'before' else 'after' end as side,
    event_id,
    event_day,
    coalesce(summary, source_title, code) as summary,
    summary_es
from around
qualify
    row_number() over (
        partition by is_before
        order by
            case when is_before then event_day end desc,
            case when is_before then event_id end desc,
            event_day asc,
            event_id asc
    ) = 1
order by side desc
