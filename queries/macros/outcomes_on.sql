/* Outcomes as they were known on a day, one value for each period: from outcomes_on(date '2025-03-28') where series_id = 'us-imports-mex'.

   A value is known from the day on which it was fetched, or published where that is told; what was loaded later has the status reconstructed.

   parameters  for_day
   columns  those of outcomes
   source  main.outcomes
*/
select *
from main.outcomes
where known_from <= for_day::date and (known_until is null or known_until > for_day::date) and value is not null
