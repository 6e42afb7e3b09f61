/* Which subjects show friction, which cooperation?

   reading  Weight of the events of a year, friction negative. With few events, draw no conclusion.
*/
select
    domain,
    count(*) as n_events,
    sum(weight) filter (where sign > 0) as cooperation,
    -sum(weight) filter (where sign < 0) as friction
from events
where dataset = 'chronology' and dyad = $pair and event_day between date '2025-01-01' and date '2025-12-31'
group by domain
order by n_events desc
