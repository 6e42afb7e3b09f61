/* CAMEO codes as they are written when a program took them for numbers and their leading zeros are lost.

   grain   written
   inputs  staging.event_codes, raw.score_tables
   columns
     written              varchar  the code without its leading zero: 42, 20
     padded               varchar  the code: 042, 020
     is_code              boolean  what is written is a code too: 20 is mass violence where 020 is an appeal; only 10 to 20 are
     padded_type          varchar  PLOVER type of the code
     written_type         varchar  PLOVER type of what is written
     padded_score         double   score of the code in GDELT's table
     written_score        double   score there of what is written
     padded_score_icews   double   score of the code in the table of ICEWS
     written_score_icews  double   score there of what is written
   source  seeds/event_codes.csv, seeds/score_tables.csv
*/
with scores as (
    select
        code,
        max(try_cast(score as double)) filter (where score_table = 'goldstein-gdelt') as score,
        max(try_cast(score as double)) filter (where score_table = 'goldstein-icews') as score_icews
    from raw.score_tables
    group by code
)

select
    ltrim(padded.code, '0') as written,
    padded.code as padded,
    written.code is not null as is_code,
    padded.plover_type as padded_type,
    written.plover_type as written_type,
    padded_scores.score as padded_score,
    written_scores.score as written_score,
    padded_scores.score_icews as padded_score_icews,
    written_scores.score_icews as written_score_icews
from staging.event_codes as padded
left join staging.event_codes as written on ltrim(padded.code, '0') = written.code
left join scores as padded_scores on padded.code = padded_scores.code
left join scores as written_scores on written.code = written_scores.code
where starts_with(padded.code, '0')
