/* The happenings that evidence is counted in: stories of a pair that belong together. Their stories are in `happening_stories`.

   grain   dataset, dyad, happening
   inputs  core.happenings, core.events
   built   view
   columns
     dataset    varchar  where its stories come from
     dyad       varchar  the pair
     happening  varchar  its first story
     first_day  date     day of its first act
     last_day   date     day of its last act
     n_stories  bigint   stories
     n_events   bigint   acts
     n_pages    bigint   distinct pages
     domains    varchar  subjects, separated by commas
     weight     double   weight of its acts
     balance    double   their weight times sign over weight, -1 all friction .. 1 all cooperation
     summary    varchar  what its first act says
   source  core.happenings
*/
select
    happenings.dataset,
    happenings.dyad,
    happenings.happening,
    min(events.event_day) as first_day,
    max(events.event_day) as last_day,
    count(distinct happenings.story) as n_stories,
    count(*) as n_events,
    count(distinct coalesce(events.url, events.source_title, events.story)) as n_pages,
    string_agg(distinct events.domain, ', ' order by events.domain) as domains,
    sum(events.weight) as weight,
    sum(events.weight * events.sign) / nullif(sum(events.weight), 0e0) as balance,
    arg_min(events.summary, (events.event_day, events.event_id)) as summary
from core.happenings
inner join core.events on happenings.dataset = events.dataset and happenings.dyad = events.dyad and happenings.story = events.story
where not events.is_backdated and events.is_excluded is not true
group by happenings.dataset, happenings.dyad, happenings.happening
