/* Events to number on a chart: those of most importance in a range, and one that the address asks for.

   Importance by rules, in points: a measure came into or out of force with the event 3, changed otherwise 1, and 1 more where it is of
   this pair alone; a head of state or government takes part 1, on both sides 2; a treaty or agreement is signed 2; several outlets or
   reports tell it 1. What a curator says in seeds/key_events.csv takes the place of the sum. Among equals the stronger act comes first.

   inputs  main.events, main.measures, main.key_events
   parameters  dataset, dyad, domain, from_day, to_day, event, most
   columns
     number      bigint   number on the chart, by day
     event_id    varchar  the event
     event_day   date     its day
     kind        varchar  verbal or material cooperation or friction
     score       double   weight of its code
     importance  integer  points
     summary     varchar  one sentence
     summary_es  varchar  the same in Spanish, where the curator wrote one
     label_en    varchar  short name, English; NULL where a curator gave none
     label_es    varchar  the same in Spanish
     is_asked    boolean  the address asks for it
   source  main.events
*/
with steps as (
    select
        event_id,
        scope,
        is_in_force,
        lag(is_in_force, 1, 'no') over (partition by measure_id order by step) as was_in_force
    from main.measures
    where dyad = $dyad
),

changes as (
    select
        event_id,
        max(case when is_in_force <> was_in_force then 3 else 1 end + (scope = 'bilateral')::integer) as points
    from steps
    where event_id is not null
    group by event_id
),

placed as (
    select
        events.*,
        key_events.label_en,
        key_events.label_es,
        events.event_id = $event as is_asked,
        coalesce(
            key_events.importance,
            coalesce(changes.points, 0)
            + coalesce(regexp_matches(events.source_name, '^(President|Prime Minister) '), false)::integer
            + coalesce(regexp_matches(events.target_name, '^(President|Prime Minister) '), false)::integer
            + 2 * (events.code = '057')::integer
            + (events.n_outlets > 1 or events.n_reports > 1)::integer
        ) as importance
    from main.events
    left join changes on events.event_id = changes.event_id
    left join main.key_events on events.event_id = key_events.event_id
    where
        events.dataset = $dataset
        and events.dyad = $dyad
        and ($domain = 'all' or events.domain = $domain)
        and events.event_day between $from_day::date and $to_day::date
        and (events.is_excluded is not true or events.event_id = $event)
),

ranked as (
    select
        *,
        row_number() over (
            order by is_asked desc, importance desc, abs(score) * weight desc, event_day desc, event_id asc
        ) as place
    from placed
)

select
    row_number() over (order by event_day, event_id) as number,
    event_id,
    event_day,
    kind,
    score,
    importance,
    coalesce(summary, source_title, code) as summary,
    summary_es,
    label_en,
    label_es,
    is_asked
from ranked
where place <= $most
order by number
