/* A page of events that match what the address asks for, and how many match in all.

   inputs  main.events, main.event_codes
   parameters  dataset, dyad (`all` for every pair), domain, kind, q (words that must stand in sentence, title, names or outlet), from_day, to_day, sort, most, skip
   columns  those of main.events, and
     label    varchar  what the code means
     n_found  bigint   events that match
   source  main.events
*/
select
    events.*,
    event_codes.label_en as label,
    count(*) over () as n_found
from main.events
left join main.event_codes on events.code = event_codes.code
where
    events.dataset = $dataset
    and ($dyad = 'all' or events.dyad = $dyad)
    and ($domain = 'all' or events.domain = $domain)
    and ($kind = 'all' or events.kind = $kind)
    and (
        $q = ''
        or contains(
            strip_accents(lower(
                concat_ws(
                    ' ', events.summary, events.source_title, events.source_name, events.target_name, events.outlet, events.code, event_codes.label_en
                )
            )),
            strip_accents(lower($q))
        )
    )
    and events.event_day between $from_day::date and $to_day::date
order by
    case when $sort = 'score' then -abs(events.score) end asc,
    case when $sort = 'oldest' then events.event_day end asc,
    events.event_day desc,
    events.event_id desc
limit $most offset $skip
