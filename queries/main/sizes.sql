/* How much each dataset holds, and how much of it lacks what it should have: the next refresh compares itself with it before it publishes.

   grain   dataset
   inputs  raw.reports, core.events
   built   view
   columns
     dataset                varchar  where the rows come from
     n_reports              bigint   reports
     n_events               bigint   events
     first_day              date     day of the oldest event; NULL without one
     last_day               date     day of the newest
     share_without_address  double   share of reports without an address, 0 .. 1
     share_without_domain   double   share of events whose subject is `other`, 0 .. 1
   source  raw.reports, core.events
*/
with reports as (
    select
        dataset,
        count(*) as n_reports,
        count(*) filter (where coalesce(url, '') = '') * 1e0 / count(*) as share_without_address
    from raw.reports
    group by dataset
),

events as (
    select
        dataset,
        count(*) as n_events,
        min(event_day) as first_day,
        max(event_day) as last_day,
        count(*) filter (where domain = 'other') * 1e0 / count(*) as share_without_domain
    from core.events
    group by dataset
)

select
    reports.dataset,
    reports.n_reports,
    coalesce(events.n_events, 0)::bigint as n_events,
    events.first_day,
    events.last_day,
    reports.share_without_address,
    coalesce(events.share_without_domain, 0e0) as share_without_domain
from reports
left join events on reports.dataset = events.dataset
