/* How far balance or intensity went between two days, and how far chance alone would have moved it.

   inputs  main.changed
   source  queries/macros/changed.sql
*/
select
    change,
    half_width,
    state
from changed($dataset, $dyad, $domain, $h, $indicator, $from_day, $to_day, for_mutual := $mutual)
