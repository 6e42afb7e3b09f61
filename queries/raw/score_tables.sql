/* Scores of codes in named tables.

   grain   score_table, code
   inputs
   columns
     score_table  varchar  name of the table
     version      varchar  its version
     code         varchar  CAMEO code or PLOVER type
     score        varchar  weight, -10 to 10
     note         varchar  remark
   source  seeds/score_tables.csv
*/
select
    score_table,
    version,
    code,
    score,
    note
from read_csv(getvariable('seeds') || '/score_tables.csv', header = true, all_varchar = true)
