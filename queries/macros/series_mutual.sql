/* Every indicator with mutual acts counted in another way than `series` does, which leaves them out of directions (`apart`): in `both`
   directions, as `coded` in one, or in `none`, not even in the pair:
   from series_mutual('chronology', 'USA>MEX', 'all', 90, 'coded').

   A meeting has no single doer; its source is only who travelled or called. The days are those of all acts, so that they compare.

   parameters  for_dataset, for_dyad, for_domain, for_half_life_days, for_mutual, for_compared := false, for_directions := false
   columns  those of indicators.series
   replaces    indicators.requested; core.calendar by calendar_of(for_dataset); core.dyad_day by dyad_day_mutual(for_dataset, for_dyad, for_mutual, for_compared or for_directions)
   result      indicators.series
*/
select *
from main.requested_of(for_dataset, for_dyad, for_domain, for_half_life_days, for_compared, for_directions)
