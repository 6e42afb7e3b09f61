/* What each dataset holds.

   inputs  main.events, main.files, main.rejects, main.runs
   columns
     dataset     varchar  where events come from
     n_events    bigint   events
     first_day   date     day of the oldest
     last_day    date     day of the newest
     n_files     bigint   files read so far
     n_rejected  bigint   rows refused, see rejects
     age_days    bigint   days from the newest to today
     updated_at  timestamp  UTC, end of the update that published this
   source  main.events
*/
with contents as (
    select
        dataset,
        count(*) as n_events,
        min(event_day) as first_day,
        max(event_day) filter (where event_day <= (now() at time zone 'UTC')::date + 1) as last_day
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
    ) as n_rejected,
    greatest(date_diff('day', contents.last_day, (now() at time zone 'UTC')::date), 0) as age_days,
    (
        select max(runs.ended_at) from main.runs
        where runs.exit_code = 0
    ) as updated_at
from contents
order by contents.dataset
