/* What each code weighs in each table, with the entry that decided where the table lacks the code.

   grain   score_table, code
   inputs  staging.scores
   built   view
   columns  those of staging.scores
   source  staging.scores
*/
select *
from staging.scores
