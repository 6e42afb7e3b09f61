/* Configured pairs of countries.

   grain   dyad
   inputs  staging.dyads
   built   view
   columns
     dyad       varchar  unordered pair, ISO 3166-1 alpha-3, alphabetical, as MEX-USA
     country_a  varchar  the first in the alphabet
     country_b  varchar  the second
     lead       varchar  country named first in titles
     position   integer  place in lists
   source  staging.dyads
*/
select
    dyad,
    country_a,
    country_b,
    lead,
    position
from staging.dyads
