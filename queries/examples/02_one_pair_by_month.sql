/* How did one pair move, month by month?

   reading  A month's value is that of its last day. Put another pair into $pair.
*/
select
    day,
    balance,
    balance_low,
    balance_high,
    evidence,
    state
from indicator_day
where dataset = 'chronology' and dyad = $pair and day = last_day(day)
order by day desc
