/* Do other datasets tell the same of a pair? Correlation and sign of the same months' balances.

   inputs  main.dataset_agreement
   parameters  dataset, dyad
   columns  those of main.dataset_agreement
   source  main.dataset_agreement
*/
select *
from main.dataset_agreement
where dyad = $dyad and $dataset in (dataset, other_dataset)
order by dataset, other_dataset
