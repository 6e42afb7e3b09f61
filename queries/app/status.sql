/* What each dataset holds.

   inputs  main.events, main.files, main.rejects
   columns
     dataset     varchar  where events come from
     n_events    bigint   events
     first_day   date     day of the oldest
     last_day    date     day of the newest
     n_files     bigint   files read so far
     n_rejected  bigint   rows refused, see rejects
   source  main.events
*/
with contents as (
    select
        dataset,
        count(*) as n_events,
        min(event_day) as first_day,
        max(event_day) as last_day
    from main.events
    group by dataset
)

select
    contents.dataset,
    contents.n_events,
    contents.first_day,
    contents.last_day,
    (
        select count(distinct files.file_name) from main.files
        where files.dataset = contents.dataset
    ) as n_files,
    (
        select count(*) from main.rejects
        where rejects.dataset = contents.dataset
    ) as n_rejected
from contents
order by contents.dataset
