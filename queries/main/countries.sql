/* Countries by the code that everything here uses.

   grain   country
   inputs  staging.countries
   built   view
   columns
     country     varchar  ISO 3166-1 alpha-3
     name_en     varchar  English name
     name_es     varchar  Spanish name
     demonym_en  varchar  English adjective, the name where it has none
   source  staging.countries
*/
select
    country,
    name_en,
    name_es,
    demonym_en
from staging.countries
