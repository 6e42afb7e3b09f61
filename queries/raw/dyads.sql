/* Configured dyads: seeds/dyads.csv and the user's own file.

   grain   none
   inputs
   columns
     dyad      varchar  the two countries
     lead      varchar  country named first in titles
     position  varchar  place in lists
     compare   varchar  whose comparisons the pair stands in: its countries, or one of them; both where the file does not say
   source  seeds/dyads.csv
*/
select
    dyad,
    lead,
    position,
    compare
from read_csv(getvariable('dyads'), header = true, all_varchar = true, union_by_name = true)
