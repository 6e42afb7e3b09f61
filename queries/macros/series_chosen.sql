/* Every indicator by other choices than the dataset's own, null leaving a choice as it is:
   from series_chosen('chronology', 'MEX-USA', 'all', 90, null, 'plover', 'equal', 'apart').

   What sign_check says of a month in one number, here over the whole time. The days are those of all acts, so that series compare.
   The arguments after the half-life: level (raw, exact, article, act, joint), table of scores (see score_tables), weighting (equal, log, articles),
   and how mutual acts count (apart, both, coded, none). for_gate := 'off' counts also what the gate refuses.

   parameters  for_dataset, for_dyad, for_domain, for_half_life_days, for_level, for_score, for_weight, for_mutual := 'apart', for_compared := false, for_directions := false, for_gate := null
   columns  those of indicators.series
   replaces    indicators.requested; staging.datasets by datasets_chosen(for_level, for_score, for_weight, for_gate); core.calendar by calendar_of(for_dataset); core.dyad_day by dyad_day_chosen(for_dataset, for_dyad, for_level, for_score, for_weight, for_mutual, for_compared or for_directions, for_gate)
   result      indicators.series
*/
select *
from main.requested_of(for_dataset, for_dyad, for_domain, for_half_life_days, for_compared, for_directions)
