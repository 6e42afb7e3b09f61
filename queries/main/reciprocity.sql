/* Does one country respond to what the other did to it? For each pair, by weeks and by months, in both directions, or the reason why no estimate is
   possible.

   grain   dataset, dyad, period, responder
   inputs  statistics.reciprocity
   built   view
   columns  those of statistics.reciprocity
   source  statistics.reciprocity
*/
select *
from statistics.reciprocity
