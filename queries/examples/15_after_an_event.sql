/* What happened in the weeks after an event?

   reading  Balance of the seven days before and of the four weeks after. Compare the intervals before the values.
*/
select
    day - date '2025-03-28' as days_after,
    balance,
    balance_low,
    balance_high,
    n_events
from series('chronology', 'MEX-USA', 'all', 7)
where day between date '2025-03-21' and date '2025-04-25'
order by day
