/* Does one country answer what the other did to it? For each pair, by weeks and by months, in both directions, or why that cannot be told.

   grain   dataset, dyad, period, responder
   inputs  statistics.reciprocity
   built   view
   columns  those of statistics.reciprocity
   source  statistics.reciprocity
*/
select *
from statistics.reciprocity
