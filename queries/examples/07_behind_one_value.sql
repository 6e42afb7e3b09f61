/* Which events make up one value?

   reading  Contributions sum to the value; without_story is the value if the story of the event is excluded.
*/
select
    event_day,
    directed_dyad,
    round(contribution, 2) as points,
    round(without_story, 2) as without_it,
    summary
from ledger('chronology', 'MEX-USA', 'all', 90, 'balance', date '2025-03-28')
order by abs(contribution) desc
