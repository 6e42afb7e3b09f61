/* Questions of the ledger of forecasts, each asked before its window began; nothing is ever changed or removed.

   grain   entry
   inputs  raw.questions
   built   view
   columns  those of raw.questions
   source  raw.questions
*/
select *
from raw.questions
