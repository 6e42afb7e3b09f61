/* What each story of the two levels adds to the shift between them. The contributions sum to the size of the change.

   grain   dataset, dyad, domain, change_place, place
   inputs  statistics.change_stories
   built   view
   columns  those of statistics.change_stories
   source  statistics.change_stories
*/
select *
from statistics.change_stories
