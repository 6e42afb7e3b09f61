/* In which subjects is there friction, in which cooperation?

   reading  Weight of acts of a year, friction negative. Few events bear few conclusions.
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
