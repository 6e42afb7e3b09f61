/* Configured pairs of countries.

   grain   dyad
   inputs  raw.dyads
   columns
     dyad       varchar  unordered pair, ISO 3166-1 alpha-3, alphabetical, as MEX-USA
     country_a  varchar  the first in the alphabet
     country_b  varchar  the second
     lead       varchar  country named first in titles
     position   integer  place in lists
     compare    varchar  whose comparisons the pair stands in: one of its countries, or both; see indicators.adjusted
   source  seeds/dyads.csv and the user's BILATERAL_DYADS
*/
with pairs as (
    select
        upper(split_part(dyad, '-', 1)) as one,
        upper(split_part(dyad, '-', 2)) as other,
        upper(lead) as lead,
        coalesce(try_cast(position as integer), 1000) as position,
        upper(compare) as compare
    from raw.dyads
),

ordered as (
    select
        least(one, other) as country_a,
        greatest(one, other) as country_b,
        lead,
        position,
        compare
    from pairs
)

select
    country_a || '-' || country_b as dyad,
    country_a,
    country_b,
    coalesce(min(lead), country_a) as lead,
    min(position) as position,
    coalesce(min(compare), country_a || ' ' || country_b) as compare
from ordered
group by country_a, country_b
