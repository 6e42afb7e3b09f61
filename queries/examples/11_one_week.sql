/* What happened in one week?

   reading  All recorded events between two countries, as coded, with their sources.
*/
select
    event_day,
    directed_dyad,
    kind,
    domain,
    summary,
    source_title,
    url
from events
where dyad = 'MEX-USA' and event_day between date '2025-03-24' and date '2025-03-30'
order by event_day, event_id
