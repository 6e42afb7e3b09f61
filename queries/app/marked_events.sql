/* Events to number on the chart: the strongest act of each eighth of the range, and one that the address asks for.

   inputs  main.events
   parameters  dataset, dyad, domain, from_day, to_day, event
   columns
     number     bigint   number on the chart, by day
     event_id   varchar  the event
     event_day  date     its day
     kind       varchar  verbal or material cooperation or friction
     score      double   weight of its code
     summary    varchar  one sentence
     summary_es varchar  the same in Spanish, where the curator wrote one
     is_asked   boolean  the address asks for it
   source  main.events
*/
with placed as (
    select
        *,
        event_id = $event as is_asked,
        floor(
            date_diff('day', $from_day::date, event_day) * 8e0 / (date_diff('day', $from_day::date, $to_day::date) + 1)
        ) as eighth
    from main.events
    where
        dataset = $dataset
        and dyad = $dyad
        and ($domain = 'all' or domain = $domain)
        and event_day between $from_day::date and $to_day::date
        and (is_excluded is not true or event_id = $event)
),

ranked as (
    select
        *,
        row_number() over (
            partition by eighth
            order by is_asked desc, abs(score) * weight desc, event_day asc, event_id asc
        ) as strength
    from placed
)

select
    row_number() over (order by event_day, event_id) as number,
    event_id,
    event_day,
    kind,
    score,
    coalesce(summary, source_title, code) as summary,
    summary_es,
    is_asked
from ranked
where strength = 1
order by number
