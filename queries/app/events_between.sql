/* Events of a pair in a range, newest first, with the label of their code.

   inputs  main.events, main.event_codes
   parameters  dataset, dyad, domain, from_day, to_day, gate (off: also what the gate refused), most
   columns  those of main.events, and
     label  varchar  meaning of the code
   source  main.events
*/
select
    events.*,
    event_codes.label_en as label
from main.events
left join main.event_codes on events.code = event_codes.code
where
    events.dataset = $dataset
    and events.dyad = $dyad
    and ($domain = 'all' or events.domain = $domain)
    and events.event_day between $from_day::date and $to_day::date
    and ($gate = 'off' or events.gate in ('passed', 'not judged'))
order by events.event_day desc, events.event_id desc
limit $most
