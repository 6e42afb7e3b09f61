/* Every indicator by other choices than the dataset's own, null leaving a choice as it is:
   from series_chosen('chronology', 'MEX-USA', 'all', 90, null, 'plover', 'equal', 'both').

   What sign_check says of a month in one number, here over the whole time. The days are those of all acts, so that series compare.
   The arguments after the half-life: level (raw, exact, article, act, joint), table of scores (see score_tables), weighting (equal, log, articles),
   and how mutual acts count (both, coded, none).

   parameters  for_dataset, for_dyad, for_domain, for_half_life_days, for_level, for_score, for_weight, for_mutual := 'both', for_compared := false, for_directions := false
   columns  those of indicators.series
   replaces    indicators.requested; staging.datasets by datasets_chosen(for_level, for_score, for_weight); core.calendar by calendar_of(for_dataset); core.dyad_day by dyad_day_chosen(for_dataset, for_dyad, for_level, for_score, for_weight, for_mutual, for_compared or for_directions)
   result      indicators.series
*/
select *
from main.requested_of(for_dataset, for_dyad, for_domain, for_half_life_days, for_compared, for_directions)
