/* Known datasets and their defaults.

   grain   dataset
   inputs
   columns
     dataset         varchar  name
     coding          varchar  curated or machine
     level           varchar  default level of de-duplication
     half_life_days  varchar  default half-life, days
     score_table     varchar  default table of scores
     weighting       varchar  default weighting: equal, log or articles
     gate            varchar  on where the gate judges its rows, else off
     label_en        varchar  English name
     label_es        varchar  Spanish name
     description_en  varchar  one sentence
   source  seeds/datasets.csv, and a line of each reader of another distribution
*/
select
    dataset,
    coding,
    level,
    half_life_days,
    score_table,
    weighting,
    gate,
    label_en,
    label_es,
    description_en
from
    read_csv(
        list_concat([getvariable('seeds') || '/datasets.csv'], coalesce(getvariable('datasets'), []::varchar[])),
        header = true,
        all_varchar = true,
        union_by_name = true
    )
