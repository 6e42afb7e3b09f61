/* How do all pairs stand today?

   reading  Each pair on its own last covered day. A band that holds 0 cannot be told from balanced; `too few` has no value.
*/
select
    indicator_day.dyad,
    indicator_day.day,
    round(indicator_day.balance, 1) as balance,
    round(indicator_day.balance_low, 1) as low,
    round(indicator_day.balance_high, 1) as high,
    indicator_day.state
from indicator_day
inner join dyads on indicator_day.dyad = dyads.dyad
where indicator_day.dataset = 'chronology'
qualify row_number() over (partition by indicator_day.dyad order by indicator_day.day desc) = 1
order by indicator_day.balance desc nulls last
