/* The credits that series are made of, unless a reader chooses otherwise: a pair has all of its acts, a direction those that it did alone.

   A meeting has two doers and is nearly always friendly; counted for both it would make two quarrelling governments kind to each other.

   grain   dataset, dyad, event_id
   inputs  core.credits
   by      dataset, day
   built   passing
   columns  those of core.credits
   source  core.credits
*/
select *
from core.credits
where dyad like '%-%' or not is_mutual
