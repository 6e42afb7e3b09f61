/* Do the contributions sum to the value?

   reading  Both numbers agree to the ninth decimal.
*/
select
    sum(contributions.contribution) as summed,
    any_value(kept.balance) as balance
from ledger('chronology', 'MEX-USA', 'all', 90, 'balance', date '2025-03-28') as contributions
inner join indicator_day as kept
    on kept.dataset = 'chronology' and kept.dyad = 'MEX-USA' and kept.day = date '2025-03-28'
