/* The events behind one point of balance or intensity; contributions sum to the value. Where `most` is not null the others are one last row.

   inputs  main.ledger
   source  queries/macros/ledger.sql
*/
select *
from ledger($dataset, $dyad, $domain, $h, $indicator, $day, for_mutual := $mutual, for_most := $most)
order by event_id is null, abs(contribution) desc, event_id
