/* Does one side answer what the other did? By weeks and by months, in both directions.

   inputs  main.reciprocity
   parameters  dataset, dyad
   columns  those of main.reciprocity
   source  main.reciprocity
*/
select *
from main.reciprocity
where dataset = $dataset and dyad = $dyad
order by period desc, responder asc
