/* Outlets: the known ones and every one that a report names, with country and language where they can be told.

   grain   outlet
   inputs  staging.outlets
   built   view
   columns  those of staging.outlets
   source  staging.outlets
*/
select *
from staging.outlets
