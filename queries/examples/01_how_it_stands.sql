/* What is the balance of each pair today?

   reading  All pairs on one day, the newest of the curated timeline. Where is_covered is false, the record of the pair ends earlier and its
            value rests on older events: do not rank it. If the interval includes 0, the balance is too close to call; `too few` has no value.
*/
select
    indicator_day.dyad,
    indicator_day.day,
    indicator_day.is_covered,
    round(indicator_day.balance, 1) as balance,
    round(indicator_day.balance_low, 1) as low,
    round(indicator_day.balance_high, 1) as high,
    indicator_day.state
from indicator_day
inner join dyads on indicator_day.dyad = dyads.dyad
where
    indicator_day.dataset = 'chronology'
    and indicator_day.day = (
        select max(days.day) from indicator_day as days
        where days.dataset = 'chronology'
    )
order by indicator_day.is_covered desc, indicator_day.balance desc nulls last
