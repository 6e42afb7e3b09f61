/* Where a curated list becomes denser or thinner for a pair: counts of acts before and after it cannot be compared.

   grain   dataset, dyad
   inputs  core.density_breaks
   built   view
   columns  those of core.density_breaks
   source  core.density_breaks
*/
select *
from core.density_breaks
