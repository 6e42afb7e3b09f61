/* The events behind one point of balance or intensity; contributions sum to the value.

   inputs  main.ledger
   source  queries/macros/ledger.sql
*/
select *
from ledger($dataset, $dyad, $domain, $h, $indicator, $day)
order by abs(contribution) desc, event_id
