/* Every indicator without the acts that are known from one side alone, by its name in events.source_side:
   from series_without('chronology', 'MEX-USA', 'all', 90, 'government of MEX').

   A record that rests on one government's pages tells what that government makes known. The days are those of all acts, so that series compare.

   parameters  for_dataset, for_dyad, for_domain, for_half_life_days, for_side, for_compared := false, for_directions := false
   columns  those of indicators.series
   replaces    indicators.requested; core.calendar by calendar_of(for_dataset); core.dyad_day by dyad_day_without(for_dataset, for_dyad, for_side, for_compared or for_directions)
   result      indicators.series
*/
select *
from main.requested_of(for_dataset, for_dyad, for_domain, for_half_life_days, for_compared, for_directions)
