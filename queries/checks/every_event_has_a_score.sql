/* An event without a score or weight would vanish from every indicator.

   inputs  core.events
   by      dataset, day
   aside   event_id
*/
select
    event_id,
    code
from core.events
where score is null or weight is null or not weight > 0
