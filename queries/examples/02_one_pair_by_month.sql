/* How did one pair change, month by month?

   reading  The value of a month is that of its last day. Set $pair to any other pair.
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
