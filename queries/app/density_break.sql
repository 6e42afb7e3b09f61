/* Where the list of a pair becomes denser or thinner; no row where it does not.

   inputs  main.density_breaks
   parameters  dataset, dyad
   columns  those of main.density_breaks
   source  main.density_breaks
*/
select *
from main.density_breaks
where dataset = $dataset and dyad = $dyad
