/* Do two datasets tell the same of a pair? Correlation and sign of the same months' balances.

   grain   dataset, other_dataset, dyad
   inputs  statistics.dataset_agreement
   built   view
   columns  those of statistics.dataset_agreement
   source  statistics.dataset_agreement
*/
select *
from statistics.dataset_agreement
