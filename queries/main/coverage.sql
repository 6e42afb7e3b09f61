/* Which days were read. Silence is not calm: a day outside these rows is a gap, never a zero.

   grain   dataset, dyad, day
   inputs  core.coverage
   built   view
   columns  those of core.coverage
   source  core.coverage
*/
select *
from core.coverage
