/* A pair with a mistyped country would be an empty page for ever. */
select
    dyads.dyad,
    dyads.country_a,
    dyads.country_b
from staging.dyads
left join staging.countries as firsts on dyads.country_a = firsts.country
left join staging.countries as seconds on dyads.country_b = seconds.country
where firsts.country is null or seconds.country is null
