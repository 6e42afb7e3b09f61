/* To which happening each story belongs.

   grain   dataset, dyad, story
   inputs  core.happenings
   built   view
   columns  those of core.happenings
   source  core.happenings
*/
select *
from core.happenings
