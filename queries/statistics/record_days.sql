/* Days of which the curated record of a pair has something: an event of the timeline, or a change of a measure.

   grain   dyad, day
   inputs  core.events, staging.measures
   columns
     dyad  varchar  the pair
     day   date     the day
   source  core.events, seeds/measures.csv
*/
select
    dyad,
    event_day as day
from core.events
where dataset = 'chronology'
union
select
    dyad,
    state_day as day
from staging.measures
