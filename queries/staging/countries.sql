/* Countries by the code that everything here uses.

   grain   country
   inputs  raw.countries
   columns
     country     varchar  ISO 3166-1 alpha-3
     name_en     varchar  English name
     name_es     varchar  Spanish name
     demonym_en  varchar  English adjective, the name where it has none
   source  seeds/countries.csv
*/
select
    iso3 as country,
    name_en,
    name_es,
    coalesce(demonym_en, name_en) as demonym_en
from raw.countries
