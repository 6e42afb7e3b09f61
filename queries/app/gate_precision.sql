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
),

shares as (
    select
        audited.*,
        audited.n_right / nullif(audited.n_judged, 0)::double as share,
        method.kappa / nullif(audited.n_judged, 0)::double as k
    from audited
    cross join staging.method
)

select
    n_judged,
    n_right,
    n_plausible,
    100e0 * share as rate,
    100e0 * (share + k / 2e0 - sqrt(share * (1e0 - share) * k + k * k / 4e0)) / (1e0 + k) as rate_low,
    100e0 * (share + k / 2e0 + sqrt(share * (1e0 - share) * k + k * k / 4e0)) / (1e0 + k) as rate_high
from shares
