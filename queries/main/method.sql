/* Constants of the method in one row, so that a query can read them by name.

   grain   none
   inputs  staging.method
   built   view
   columns  those of staging.method
   source  staging.method
*/
select *
from staging.method
