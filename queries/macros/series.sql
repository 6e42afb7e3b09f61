/* Every indicator, one row a day, for any dataset, pair or direction, domain and half-life:
   from series('chronology', 'MEX-USA', 'trade', 90).

   The same columns as indicator_day, by the same queries: this request takes the place of indicators.requested.

   parameters  for_dataset, for_dyad, for_domain, for_half_life_days
   replaces    indicators.requested
   result      indicators.series
*/
select
    for_dataset::varchar as dataset,
    for_dyad::varchar as dyad,
    for_domain::varchar as domain,
    for_half_life_days::integer as half_life_days
