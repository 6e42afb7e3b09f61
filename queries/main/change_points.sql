/* Days on which the level of a series shifts, with the size of the shift, the window of the day, and the stories that make it up.

   grain   dataset, dyad, domain, day
   inputs  statistics.change_points
   built   view
   columns  those of statistics.change_points
   source  statistics.change_points
*/
select *
from statistics.change_points
