/* Countries by the code that everything here uses.

   grain   country
   inputs  staging.countries
   built   view
   columns  those of staging.countries
   source  staging.countries
*/
select *
from staging.countries
