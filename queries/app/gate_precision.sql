/* How often a row that passes the gate was right when people judged some, with Wilson's 95 % interval.

   inputs  main.gate_audit, main.gate_of_audit, staging.method
   columns
     n_judged     bigint  rows judged by hand that pass
     n_right      bigint  of these right
     n_plausible  bigint  of these plausible
     rate         double  n_right per hundred of n_judged
     rate_low     double  lower end of the interval
     rate_high    double  upper end
   source  seeds/gate_audit.csv
*/
with audited as (
    select
        count(*) as n_judged,
        count_if(gate_audit.judged = 'right')::bigint as n_right,
        count_if(gate_audit.judged = 'plausible')::bigint as n_plausible
    from main.gate_audit
    inner join gate_of_audit() as gated on gate_audit.event_id = gated.report_id
    where gated.passes
)

select
    n_judged,
    n_right,
    n_plausible,
    main.wilson(n_right, n_judged, method.kappa).rate as rate,
    main.wilson(n_right, n_judged, method.kappa).low as rate_low,
    main.wilson(n_right, n_judged, method.kappa).high as rate_high
from audited
cross join staging.method
