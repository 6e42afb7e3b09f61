/* How did the balance on one subject develop?

   reading  Any subject and any half-life, computed on request: series(dataset, pair, subject, half-life).
*/
select
    day,
    balance,
    balance_low,
    balance_high,
    evidence,
    state
from series('chronology', 'MEX-USA', 'trade', 90)
where day >= date '2025-01-01'
order by day
