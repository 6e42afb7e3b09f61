/* Which events mention a word?

   reading  ilike ignores upper and lower case; % stands for any text.
*/
select
    event_day,
    dyad,
    kind,
    summary
from events
where summary ilike '%' || $word || '%'
order by event_day desc
