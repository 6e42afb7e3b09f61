/* What a series can be asked for: each pair, and each direction of it.

   grain   dyad
   inputs  staging.dyads
   columns
     dyad            varchar  MEX-USA for the pair, USA>MEX for actor>target
     pair            varchar  the pair it belongs to
     source_country  varchar  actor; NULL for the pair
     target_country  varchar  on whom; NULL for the pair
     is_standard     boolean  other directions of the same actor are compared with it; false for the pair
   source  staging.dyads
*/
select
    dyad,
    dyad as pair,
    null::varchar as source_country,
    null::varchar as target_country,
    false as is_standard
from staging.dyads
union all
select
    country_a || '>' || country_b as dyad,
    dyad as pair,
    country_a as source_country,
    country_b as target_country,
    contains(compare, country_a) as is_standard
from staging.dyads
union all
select
    country_b || '>' || country_a as dyad,
    dyad as pair,
    country_b as source_country,
    country_a as target_country,
    contains(compare, country_b) as is_standard
from staging.dyads
