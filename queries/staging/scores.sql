/* What a code weighs in each table; a code the table lacks weighs what its longest listed prefix weighs.

   Two rules mend what the published tables do not agree on with the kinds; their rows stay as they are. A score whose sign contradicts that of
   the kind counts as 0: it is no evidence for either side. A promise (root 03) weighs at most what the weakest deed of cooperation of its table does,
   for a word is not more than a deed.

   grain   score_table, code
   inputs  raw.score_tables, staging.codes
   columns
     score_table   varchar  name of the table
     version       varchar  its version
     code          varchar  code in use
     matched_code  varchar  entry of the table that was used, shorter where the code itself is missing
     listed_score  double   weight as the table has it
     score         double   weight that counts, -10 most friction .. 10 most cooperation
   source  seeds/score_tables.csv
*/
with matches as (
    select
        score_tables.score_table,
        score_tables.version,
        codes.code,
        codes.root,
        codes.sign,
        score_tables.code as matched_code,
        score_tables.score::double as listed_score,
        row_number() over (
            partition by score_tables.score_table, codes.code
            order by length(score_tables.code) desc
        ) as closeness
    from raw.score_tables
    inner join staging.codes on starts_with(codes.code, score_tables.code)
),

weakest as (
    select
        score_tables.score_table,
        min(score_tables.score::double) as deed
    from raw.score_tables
    inner join staging.codes on score_tables.code = codes.code
    where codes.kind = 'material cooperation' and score_tables.score::double > 0e0
    group by score_tables.score_table
)

select
    matches.score_table,
    matches.version,
    matches.code,
    matches.matched_code,
    matches.listed_score,
    case
        when matches.listed_score * matches.sign < 0e0 then 0e0
        when matches.root = '03' then least(matches.listed_score, weakest.deed)
        else matches.listed_score
    end as score
from matches
left join weakest on matches.score_table = weakest.score_table
where matches.closeness = 1
