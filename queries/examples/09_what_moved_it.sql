/* What changed the balance between two days?

   reading  New events, older events losing weight, effect of sample size; their sum is the change.
*/
select
    kind,
    round(sum(new), 2) as new_events,
    round(sum(fading), 2) as fading,
    round(sum(evidence), 2) as evidence,
    round(sum(moved), 2) as moved
from moved('chronology', 'MEX-USA', 'all', 90, 'balance', date '2025-03-01', date '2025-03-28')
group by kind
order by abs(sum(moved)) desc
