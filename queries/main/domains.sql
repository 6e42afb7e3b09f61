/* Subjects of acts, in the order of lists.

   grain   domain
   inputs  staging.domains
   built   view
   columns  those of staging.domains
   source  staging.domains
*/
select *
from staging.domains
