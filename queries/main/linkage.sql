/* Issue linkage: is one sort of act followed by another more often than chance makes it, in the 7, 14 or 30 days after it?

   grain   dataset, dyad, first_direction, first_domain, first_sign, second_direction, second_domain, second_sign, days
   inputs  statistics.linkage
   built   view
   columns  those of statistics.linkage
   source  statistics.linkage
*/
select *
from statistics.linkage
