/* What the method of rates says of every question on a day, from what was on record by then: from forecasts_on(date '2026-08-19').

   parameters  for_day
   columns  those of statistics.forecast_rates
   replaces    statistics.asked_days
   result      statistics.forecast_rates
*/
select for_day::date as day
