/* A report of a configured pair that reaches no event is lost silently.

   inputs  raw.reports, staging.dyad_keys, core.memberships
   by      dataset, day
   aside   report_id
*/
select
    reports.report_id,
    reports.dataset,
    reports.code
from raw.reports
inner join
    staging.dyad_keys
    on reports.source_country = dyad_keys.source_country and reports.target_country = dyad_keys.target_country
left join core.memberships on reports.report_id = memberships.report_id
where memberships.event_id is null
