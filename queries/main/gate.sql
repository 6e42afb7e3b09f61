/* How many machine-coded reports of a pair the gate let pass, and why it refused the others.

   grain   dataset, dyad, reason
   inputs  core.gate_days
   built   view
   columns
     dataset    varchar  where the reports come from
     dyad       varchar  the pair
     reason     varchar  passed, not judged, or why they do not count
     passes     boolean  they count
     n_reports  bigint   reports, back-dated ones included
     first_day  date     day of the first of them
     last_day   date     day of the last
   source  core.gate_days
*/
select
    dataset,
    dyad,
    reason,
    passes,
    sum(n_reports)::bigint as n_reports,
    min(day) as first_day,
    max(day) as last_day
from core.gate_days
group by dataset, dyad, reason, passes
