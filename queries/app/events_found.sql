/* A page of events that match what the address asks for, and how many match in all.

   inputs  main.searched
   parameters  dataset, dyad (`all` for every pair), domain, kind, q (words that must stand in an event), from_day, to_day, gate (off: also what the gate refused), sort, most, skip
   columns  those of main.events, and
     label    varchar  meaning of the code
     n_found  bigint   events that match
   source  main.searched
*/
select
    events.*,
    count(*) over () as n_found
from searched($dataset, $dyad, $q, $from_day, $to_day) as events
where
    ($domain = 'all' or events.domain = $domain)
    and ($kind = 'all' or events.kind = $kind)
    and ($gate = 'off' or events.gate in ('passed', 'not judged'))
order by
    case when $sort = 'score' then -abs(events.score) end asc,
    case when $sort = 'oldest' then events.event_day end asc,
    events.event_day desc,
    events.event_id desc
limit $most offset $skip
