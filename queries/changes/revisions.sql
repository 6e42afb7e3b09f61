/* Fields of events that are other than before; an event that is gone has one row.

   inputs  events_before, core.events
   columns  those of raw.revisions without run_id
   source  the temporary table `events_before`: events as they were, of the days that are built anew
*/
with compared as (
    select
        earlier.event_id,
        unnest(['event_day', 'code', 'domain', 'score', 'weight', 'n_reports', 'n_articles', 'is_excluded', 'event']) as field,
        unnest([
            earlier.event_day::varchar, earlier.code, earlier.domain, earlier.score::varchar, round(earlier.weight, 6)::varchar,
            earlier.n_reports::varchar, earlier.n_articles::varchar, earlier.is_excluded::varchar, 'there'
        ]) as old,
        unnest([
            events.event_day::varchar, events.code, events.domain, events.score::varchar, round(events.weight, 6)::varchar,
            events.n_reports::varchar, events.n_articles::varchar, events.is_excluded::varchar,
            case when events.event_id is null then 'gone' else 'there' end
        ]) as new,
        events.event_id is null as is_gone,
        case
            when events.event_id is null or events.n_reports < earlier.n_reports then 'reports removed'
            when coalesce(earlier.correction, '') <> coalesce(events.correction, '') then 'correction'
            when events.code <> earlier.code then 'recoded by its source'
            else 'more reports'
        end as reason
    from events_before as earlier
    left join core.events on earlier.event_id = events.event_id
)

select
    event_id,
    field,
    old,
    new,
    reason
from compared
where old is distinct from new and (not is_gone or field = 'event')
