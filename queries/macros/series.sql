/* Every indicator, one row a day, for any dataset, pair or direction, domain and half-life:
   from series('chronology', 'MEX-USA', 'trade', 90).

   The same columns as indicator_day, by the same queries: this request takes the place of indicators.requested.

   `asymmetry` and `adjusted` need other series too and cost time, so they must be asked for: series(…, for_compared := true).
   Else they are NULL, and their state is `not asked`. Of a pair, for_directions := true brings the rows of its two directions too, in less
   time than three requests; these are then not compared.

   parameters  for_dataset, for_dyad, for_domain, for_half_life_days, for_compared := false, for_directions := false
   replaces    indicators.requested; core.calendar by calendar_of(for_dataset); core.dyad_day by dyad_day_of(for_dataset, for_dyad, for_domain, for_compared or for_directions)
   result      indicators.series
*/
select *
from main.requested_of(for_dataset, for_dyad, for_domain, for_half_life_days, for_compared, for_directions)
