/* Countries with the codes and names that sources use.

   grain   iso3
   inputs
   columns
     iso3         varchar  ISO 3166-1 alpha-3
     iso2         varchar  ISO 3166-1 alpha-2
     fips         varchar  FIPS 10-4 codes, separated by a blank
     cameo        varchar  CAMEO codes, separated by a blank
     name_en      varchar  English name
     name_es      varchar  Spanish name
     demonym_en   varchar  English adjective
     names_other  varchar  other names, separated by a vertical bar
     short_en     varchar  English short name, if there is one
     short_es     varchar  Spanish short name, if there is one
   source  seeds/countries.csv
*/
select
    iso3,
    iso2,
    fips,
    cameo,
    name_en,
    name_es,
    demonym_en,
    names_other,
    short_en,
    short_es
from read_csv(getvariable('seeds') || '/countries.csv', header = true, all_varchar = true)
