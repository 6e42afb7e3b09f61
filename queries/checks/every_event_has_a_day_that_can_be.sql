/* A day before 1900, or after tomorrow, is a wrong column or a wrong century; tomorrow, because it is tomorrow somewhere already.

   inputs  core.events
   by      dataset, day
   aside   event_id
*/
select
    event_id,
    dataset,
    event_day
from core.events
where event_day < date '1900-01-01' or event_day > coalesce(getvariable('today')::date, (now() at time zone 'UTC')::date) + 1
