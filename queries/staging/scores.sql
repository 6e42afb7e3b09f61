/* What a code weighs in each table; a code the table lacks weighs what its longest listed prefix weighs.

   grain   score_table, code
   inputs  raw.score_tables, staging.codes
   columns
     score_table   varchar  name of the table
     version       varchar  its version
     code          varchar  code in use
     matched_code  varchar  entry of the table that was used, shorter where the code itself is missing
     score         double   weight, -10 most friction .. 10 most cooperation
   source  seeds/score_tables.csv
*/
with matches as (
    select
        score_tables.score_table,
        score_tables.version,
        codes.code,
        score_tables.code as matched_code,
        score_tables.score::double as score,
        row_number() over (
            partition by score_tables.score_table, codes.code
            order by length(score_tables.code) desc
        ) as closeness
    from raw.score_tables
    inner join staging.codes on starts_with(codes.code, score_tables.code)
)

select
    score_table,
    version,
    code,
    matched_code,
    score
from matches
where closeness = 1
