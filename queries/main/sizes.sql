/* How much each dataset holds, and how much of it lacks what it should have: the next refresh compares itself with it before it publishes.

   grain   dataset
   inputs  core.size_days
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
select
    dataset,
    sum(n_reports)::bigint as n_reports,
    sum(n_events)::bigint as n_events,
    min(day) filter (where n_events > 0) as first_day,
    max(day) filter (where n_events > 0 and day <= (now() at time zone 'UTC')::date + 1) as last_day,
    sum(n_without_address) * 1e0 / sum(n_reports) as share_without_address,
    coalesce(sum(n_without_domain) * 1e0 / nullif(sum(n_events), 0), 0e0) as share_without_domain
from core.size_days
group by dataset
