/* Which events speak of something?

   reading  ilike finds words in capitals and small letters; % stands for anything.
*/
select
    event_day,
    dyad,
    kind,
    summary
from events
where summary ilike '%' || $word || '%'
order by event_day desc
