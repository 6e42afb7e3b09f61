/* What each code weighs in each table, with the entry that decided where the table lacks the code.

   grain   score_table, code
   inputs  staging.scores
   built   view
   columns
     score_table   varchar  name of the table
     version       varchar  its version
     code          varchar  code in use
     matched_code  varchar  entry of the table that was used
     listed_score  double   weight as the table has it
     score         double   weight that counts: 0 where its sign contradicts the kind, a promise at most the weakest deed of cooperation
   source  seeds/score_tables.csv
*/
select
    score_table,
    version,
    code,
    matched_code,
    listed_score,
    score
from staging.scores
