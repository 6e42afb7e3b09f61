/* Spellings of domains in source files.

   grain   source_name
   inputs  raw.domains
   columns
     source_name  varchar  spelling in a file
     domain       varchar  the domain it means
   source  seeds/domains.csv
*/
select
    unnest(string_split(source_names, ' ')) as source_name,
    domain
from raw.domains
