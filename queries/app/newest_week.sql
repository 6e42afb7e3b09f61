/* The events of the newest week on record of all pairs, those of most weight: a week is from Monday to Sunday.

   inputs  main.events
   parameters  dataset, day (up to which), most
   columns
     week           date     Monday of the week
     n_events       bigint   events of the week
     event_id       varchar  the event
     event_day      date     its day
     dyad           varchar  the pair
     directed_dyad  varchar  who acts > on whom
     is_mutual      boolean  both act
     kind           varchar  verbal or material cooperation or friction
     summary        varchar  one sentence
     summary_es     varchar  the same in Spanish, where the curator wrote one
   source  main.events
*/
with shown as (
    select
        *,
        date_trunc('week', event_day)::date as week
    from main.events
    where
        dataset = $dataset
        and event_day <= $day::date
        and not is_backdated
        and is_excluded is not true
        and gate in ('passed', 'not judged')
)

select
    week,
    count(*) over (partition by week) as n_events,
    event_id,
    event_day,
    dyad,
    directed_dyad,
    is_mutual,
    kind,
    coalesce(summary, source_title, code) as summary,
    summary_es
from shown
qualify week = max(week) over ()
order by abs(score) * weight desc, event_day desc, event_id asc
limit $most
