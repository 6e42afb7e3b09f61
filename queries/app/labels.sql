/* Names of datasets and subjects.

   inputs  main.datasets, main.domains
   columns
     family       varchar  dataset or domain
     name         varchar  name in tables and addresses
     label_en     varchar  English name
     label_es     varchar  Spanish name
     description  varchar  what it is, English
   source  seeds
*/
select
    'dataset' as family,
    dataset as name,
    label_en,
    label_es,
    description_en as description
from main.datasets
union all
select
    'domain' as family,
    domain as name,
    label_en,
    label_es,
    description_en as description
from main.domains
