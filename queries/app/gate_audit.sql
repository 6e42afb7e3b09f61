/* What the gate says of the rows judged by hand: by its reason, how many of them were right, plausible and wrong. Those that pass come first.

   inputs  main.gate_audit, main.gate_of_audit
   columns
     reason       varchar  passed, or why rows do not count
     passes       boolean  they count
     n_right      bigint   judged right
     n_plausible  bigint   judged plausible
     n_wrong      bigint   judged wrong
   source  seeds/gate_audit.csv
*/
select
    gated.reason,
    gated.passes,
    count_if(gate_audit.judged = 'right')::bigint as n_right,
    count_if(gate_audit.judged = 'plausible')::bigint as n_plausible,
    count_if(gate_audit.judged = 'wrong')::bigint as n_wrong
from main.gate_audit
inner join gate_of_audit() as gated on gate_audit.event_id = gated.report_id
group by gated.reason, gated.passes
order by gated.passes desc, count(*) desc, gated.reason asc
