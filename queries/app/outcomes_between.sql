/* Outcomes between two countries, the newest period first, with every value that was known for a period.

   inputs  main.outcomes, main.outcome_series
   parameters  dyad, from_day, to_day, most
   columns  those of main.outcomes
   source  main.outcomes
*/
select outcomes.*
from main.outcomes as outcomes
inner join main.outcome_series as outcome_series on outcomes.series_id = outcome_series.series_id
where
    outcome_series.dyad = $dyad
    and outcomes.period_start between $from_day::date and $to_day::date
order by outcomes.period_start desc, outcomes.series_id asc, outcomes.known_from desc
limit $most
