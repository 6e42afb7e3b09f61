/* What stories of a list tell, one sentence each.

   inputs  main.events
   parameters  dataset, stories (names of stories, a list)
   columns
     story      varchar  the story
     event_id   varchar  its first event
     event_day  date     day of it
     summary    varchar  one sentence
     summary_es varchar  the same in Spanish, where the curator wrote one
   source  main.events
*/
select
    story,
    min_by(event_id, (event_day, event_id)) as event_id,
    min(event_day) as event_day,
    min_by(coalesce(summary, source_title, code), (event_day, event_id)) as summary,
    arg_min_null(summary_es, (event_day, event_id)) as summary_es
from main.events
where dataset = $dataset and list_contains($stories, story)
group by story
order by event_day, story
