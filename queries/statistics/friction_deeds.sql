/* Deeds of friction of the curated timeline, with the window of 28 days since 2017 in which each lies.

   grain   event_id
   inputs  core.events
   columns
     event_id     varchar  the event
     subject      varchar  direction, actor>target
     dyad         varchar  the pair
     day          date     its day
     window_last  date     last day of its window; windows of 28 days follow one another from Monday, 2 January 2017 on
   source  core.events
*/
select
    event_id,
    directed_dyad as subject,
    dyad,
    event_day as day,
    date '2017-01-02' + (date_diff('day', date '2017-01-02', event_day) // 28 * 28 + 27)::integer as window_last
from core.events
where dataset = 'chronology' and kind = 'material friction' and not is_excluded and event_day >= date '2017-01-02'
