/* How much each day of a dataset holds, and how much of it lacks what it should have.

   grain   dataset, day
   inputs  raw.reports, core.events
   by      dataset, day
   columns
     dataset            varchar  where the rows come from
     day                date     day of the acts
     n_reports          bigint   reports, of whichever countries
     n_without_address  bigint   those without an address
     n_events           bigint   events
     n_without_domain   bigint   those whose subject is `other`
   source  raw.reports, core.events
*/
with reports as (
    select
        dataset,
        event_day as day,
        count(*) as n_reports,
        count(*) filter (where coalesce(url, '') = '') as n_without_address
    from raw.reports
    group by dataset, event_day
),

events as (
    select
        dataset,
        event_day as day,
        count(*) as n_events,
        count(*) filter (where domain = 'other') as n_without_domain
    from core.events
    group by dataset, event_day
)

select
    reports.dataset,
    reports.day,
    reports.n_reports,
    reports.n_without_address,
    coalesce(events.n_events, 0)::bigint as n_events,
    coalesce(events.n_without_domain, 0)::bigint as n_without_domain
from reports
left join events on reports.dataset = events.dataset and reports.day = events.day
