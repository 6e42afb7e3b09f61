/* How far the record of a pair reached on each day on which something is asked: to its newest curated event or change of a measure by then.

   grain   day, dyad
   inputs  statistics.asked_days, statistics.record_days
   columns
     day         date     day of asking
     dyad        varchar  the pair
     first_day   date     first day of its record
     content_to  date     last one by then
   source  core.events, seeds/measures.csv
*/
select
    asked_days.day,
    record_days.dyad,
    min(record_days.day) as first_day,
    max(record_days.day) as content_to
from statistics.asked_days
inner join statistics.record_days on asked_days.day >= record_days.day
group by asked_days.day, record_days.dyad
