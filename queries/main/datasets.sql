/* Known datasets and their defaults.

   grain   dataset
   inputs  staging.datasets
   built   view
   columns  those of staging.datasets
   source  staging.datasets
*/
select *
from staging.datasets
