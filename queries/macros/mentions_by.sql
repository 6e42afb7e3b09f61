/* Mentions that had been seen by the end of a day, UTC.

   parameters  for_as_of
   columns  those of raw.mentions
   source  raw.mentions
*/
select *
from raw.mentions
where mentioned_at < for_as_of::date + 1
