/* Every indicator, one row a day, for any dataset, pair or direction, domain and half-life:
   from series('chronology', 'MEX-USA', 'trade', 90).

   The same columns as indicator_day, by the same queries: this request takes the place of indicators.requested.

   `asymmetry` and `adjusted` need other series too and cost time, so they must be asked for: series(…, for_compared := true).
   Else they are NULL, and their state is `not asked`.

   parameters  for_dataset, for_dyad, for_domain, for_half_life_days, for_compared := false
   replaces    indicators.requested
   result      indicators.series
*/
select
    for_dataset::varchar as dataset,
    dyad_keys.dyad,
    for_domain::varchar as domain,
    for_half_life_days::integer as half_life_days,
    dyad_keys.dyad = for_dyad as is_asked,
    for_compared as is_compared
from staging.dyad_keys
where
    dyad_keys.dyad = for_dyad
    or (for_compared and dyad_keys.pair = for_dyad)
    or (for_compared and dyad_keys.is_standard and dyad_keys.source_country = split_part(for_dyad, '>', 1))
