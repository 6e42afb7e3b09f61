/* What each code weighs in each table, with the entry that decided where the table lacks the code.

   grain   score_table, code
   inputs  staging.scores
   built   view
   columns
     score_table   varchar  name of the table
     version       varchar  its version
     code          varchar  code in use
     matched_code  varchar  entry of the table that was used
     score         double   weight, -10 most friction .. 10 most cooperation
   source  seeds/score_tables.csv
*/
select
    score_table,
    version,
    code,
    matched_code,
    score
from staging.scores
