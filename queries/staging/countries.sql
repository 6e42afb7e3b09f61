/* Countries by the code that everything here uses.

   grain   country
   inputs  raw.countries
   columns
     country     varchar  ISO 3166-1 alpha-3
     name_en     varchar  English name
     name_es     varchar  Spanish name
     demonym_en  varchar  English adjective, or the name
     short_en    varchar  English short name, or the name
     short_es    varchar  Spanish short name, or the name
   source  seeds/countries.csv
*/
select
    iso3 as country,
    name_en,
    name_es,
    coalesce(demonym_en, name_en) as demonym_en,
    coalesce(short_en, name_en) as short_en,
    coalesce(short_es, name_es) as short_es
from raw.countries
