/* First day of a pair in a dataset, and the newest day of the dataset, on which all of its pairs end.

   inputs  main.indicator_day
   parameters  dataset, dyad
   columns
     first_day  date  day of its first event
     last_day   date  newest day of the dataset; the record of a curated pair may end before it
   source  main.indicator_day
*/
select
    min(day) as first_day,
    max(day) as last_day
from main.indicator_day
where dataset = $dataset and dyad = $dyad and day <= (now() at time zone 'UTC')::date + 1
