/* Known datasets and their defaults.

   grain   dataset
   inputs  raw.datasets
   columns
     dataset         varchar  name in tables and addresses
     is_curated      boolean  chosen and coded by people; the others are machine-coded
     level           varchar  level of de-duplication of its events
     half_life_days  integer  default half-life, days
     score_table     varchar  default table of scores
     weighting       varchar  default weighting of its events: equal, log or articles
     gate            varchar  on: rows that the gate refuses do not count; else off
     label_en        varchar  English name
     label_es        varchar  Spanish name
     description_en  varchar  one sentence
   source  seeds/datasets.csv
*/
select
    dataset,
    coding = 'curated' as is_curated,
    level,
    half_life_days::integer as half_life_days,
    score_table,
    weighting,
    gate,
    label_en,
    label_es,
    description_en
from raw.datasets
