/* Spellings of roles in source files. Where a cell names several, the one with the lowest position is meant.

   grain   name
   inputs  raw.roles
   columns
     name      varchar  sector as ICEWS spells it
     role      varchar  CAMEO role code
     position  integer  the lowest one wins, bodies with a narrow task first
   source  seeds/roles.csv
*/
select
    unnest(string_split(source_names, '|')) as name,
    role,
    position::integer as position
from raw.roles
