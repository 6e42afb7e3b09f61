/* Configured pairs of countries.

   grain   dyad
   inputs  raw.dyads
   columns
     dyad       varchar  unordered pair, ISO 3166-1 alpha-3, alphabetical, as MEX-USA
     country_a  varchar  the first in the alphabet
     country_b  varchar  the second
     lead       varchar  country named first in titles
     position   integer  place in lists
   source  seeds/dyads.csv and the user's BILATERAL_DYADS
*/
with pairs as (
    select
        upper(split_part(dyad, '-', 1)) as one,
        upper(split_part(dyad, '-', 2)) as other,
        upper(lead) as lead,
        coalesce(try_cast(position as integer), 1000) as position
    from raw.dyads
)

select
    least(one, other) || '-' || greatest(one, other) as dyad,
    least(one, other) as country_a,
    greatest(one, other) as country_b,
    coalesce(min(lead), least(one, other)) as lead,
    min(position) as position
from pairs
group by one, other
