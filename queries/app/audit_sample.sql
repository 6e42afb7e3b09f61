/* Events drawn for a person to compare with their articles: each that counts has the same chance, and the same seed draws the same ones.

   inputs  main.event_codes, main.events
   parameters  dataset, dyad (or all), seed, most
   columns
     event_id       varchar  the event
     event_day      date     its day
     directed_dyad  varchar  actor>target, as coded
     code           varchar  its code
     code_label     varchar  meaning of the code
     kind           varchar  its kind
     domain         varchar  its subject
     summary        varchar  one sentence, or the title of the page
     url            varchar  address of the article
     outlet         varchar  who published it
     n_articles     bigint   articles
     population     bigint   events that could have been drawn
   source  main.events
*/
select
    events.event_id,
    events.event_day,
    events.directed_dyad,
    events.code,
    event_codes.label_en as code_label,
    events.kind,
    events.domain,
    coalesce(events.summary, events.source_title) as summary,
    events.url,
    events.outlet,
    events.n_articles,
    count(*) over () as population
from main.events
left join main.event_codes on events.code = event_codes.code
where
    events.dataset = $dataset
    and ($dyad = 'all' or events.dyad = $dyad)
    and not events.is_backdated
    and events.is_excluded is not true
order by md5($seed || events.event_id), events.event_id
limit $most
