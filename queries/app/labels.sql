/* Names of datasets, subjects and countries; those of countries are short.

   inputs  main.datasets, main.domains, main.countries
   columns
     family       varchar  dataset, domain or country
     name         varchar  name in tables and addresses
     label_en     varchar  English name
     label_es     varchar  Spanish name
     description  varchar  what it is, English; NULL for a country
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
union all
select
    'country' as family,
    country as name,
    short_en as label_en,
    short_es as label_es,
    null as description
from main.countries
