/* How often people accepted what a coder proposed: those with most decisions first.

   inputs  main.coder_precision
   columns  those of main.coder_precision
   source  main.coder_precision
*/
select *
from main.coder_precision
order by n_judged desc, backend asc, source asc
