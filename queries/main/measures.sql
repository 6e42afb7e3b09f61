/* Policy measures followed through their states.

   grain   measure_id, step
   inputs  staging.measures
   built   view
   columns  those of staging.measures
   source  staging.measures
*/
select *
from staging.measures
