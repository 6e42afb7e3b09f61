/* From whom the acts of a range are known, the side with the most acts first.

   inputs  main.events
   parameters  dataset, dyad, domain, from_day, to_day
   columns
     source_side  varchar  government of one of the two, other state, court, agency, press, other; NULL if unknown
     n_events     bigint   acts
     share        double   share of all acts of the range, 0..1
   source  main.events
*/
select
    source_side,
    count(*) as n_events,
    count(*) / sum(count(*)) over () as share
from main.events
where
    dataset = $dataset
    and dyad = $dyad
    and ($domain = 'all' or domain = $domain)
    and event_day between $from_day::date and $to_day::date
    and not is_backdated
    and is_excluded is not true
group by source_side
order by n_events desc, source_side asc nulls last
