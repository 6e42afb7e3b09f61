/* How many machine-coded reports of each day the gate let pass, and why it refused the others.

   grain   dataset, dyad, day, reason
   inputs  staging.reports, staging.datasets, staging.gate
   by      dataset, day
   columns
     dataset      varchar  where the reports come from
     dyad         varchar  the pair
     day          date     day of the acts
     reason       varchar  passed, not judged, or why they do not count
     passes       boolean  they count
     n_reports    bigint   reports, back-dated ones included
     n_backdated  bigint   of these back-dated
   source  staging.gate
*/
select
    reports.dataset,
    reports.dyad,
    reports.day,
    coalesce(gate.reason, 'not judged') as reason,
    coalesce(any_value(gate.passes), true) as passes,
    count(*) as n_reports,
    count(*) filter (where reports.is_backdated) as n_backdated
from staging.reports
inner join staging.datasets on reports.dataset = datasets.dataset
left join staging.gate on reports.report_id = gate.report_id
where not datasets.is_curated
group by reports.dataset, reports.dyad, reports.day, coalesce(gate.reason, 'not judged')
