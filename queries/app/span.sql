/* First and last covered day of a pair in a dataset.

   inputs  main.indicator_day
   parameters  dataset, dyad
   columns
     first_day  date  day of its first event
     last_day   date  last covered day
   source  main.indicator_day
*/
select
    min(day) as first_day,
    max(day) as last_day
from main.indicator_day
where dataset = $dataset and dyad = $dyad
