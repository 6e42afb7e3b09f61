/* The newest event of what a page shows, and where the record of it ends. An act that is only planned is not the newest one.

   inputs  main.events, main.indicator_day
   parameters  dataset, dyads (a list of pairs), domain
   columns
     newest_event  date     day of it; NULL where there is none
     event_id      varchar  the event; of those of that day the one of most weight
     summary       varchar  one sentence
     summary_es    varchar  the same in Spanish, where the curator wrote one
     record_end    date     last day that was read of any of these pairs; NULL where none was
   source  main.events
*/
with newest as (
    select
        event_day as newest_event,
        event_id,
        coalesce(summary, source_title, code) as summary,
        summary_es
    from main.events
    where
        dataset = $dataset
        and dyad = any($dyads)
        and ($domain = 'all' or domain = $domain)
        and event_day <= (now() at time zone 'UTC')::date
        and not is_backdated
        and is_excluded is not true
    order by event_day desc, abs(score) * weight desc, event_id asc
    limit 1
),

record as (
    select max(day) as record_end
    from main.indicator_day
    where dataset = $dataset and dyad = any($dyads) and domain = 'all' and is_covered
)

select
    newest.newest_event,
    newest.event_id,
    newest.summary,
    newest.summary_es,
    record.record_end
from record
left join newest on true
