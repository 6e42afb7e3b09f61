/* Does the sign hold? The intensity of a month under every combination of the choices of the method.

   grain   dataset, dyad, month
   inputs  statistics.sign_check
   built   view
   columns  those of statistics.sign_check
   source  statistics.sign_check
*/
select *
from statistics.sign_check
