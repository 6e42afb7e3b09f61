/* Configured dyads: seeds/dyads.csv and the user's own file.

   grain   none
   inputs
   columns
     dyad      varchar  the two countries
     lead      varchar  country named first in titles
     position  varchar  place in lists
   source  seeds/dyads.csv
*/
select
    dyad,
    lead,
    position
from read_csv(getvariable('dyads'), header = true, all_varchar = true, union_by_name = true)
