/* Configured pairs of countries.

   grain   dyad
   inputs  staging.dyads
   built   view
   columns  those of staging.dyads
   source  staging.dyads
*/
select *
from staging.dyads
