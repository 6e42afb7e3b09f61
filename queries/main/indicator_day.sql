/* Every indicator for each pair and direction, one row a day,
   at the dataset's own half-life and all domains together; `series` gives any other.

   grain   dataset, dyad, domain, half_life_days, day
   inputs  indicators.series
   built   view
   columns  those of indicators.series
   source  queries/indicators
*/
select *
from indicators.series
