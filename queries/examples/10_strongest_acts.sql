/* Which were the strongest events of a year?

   reading  By score of the code: -10 is the most friction, +10 the most cooperation.
*/
select
    event_day,
    directed_dyad,
    code,
    score,
    summary,
    url
from events
where dataset = 'chronology' and year(event_day) = 2025
order by abs(score) desc, event_day desc
limit 25
