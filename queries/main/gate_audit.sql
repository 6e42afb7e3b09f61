/* Rows of GDELT judged by hand, from address, actors and code: what the gate is measured on. What it says of them now: gate_of_audit().

   grain   event_id
   inputs  raw.gate_audit
   built   view
   columns  those of raw.gate_audit
   source  seeds/gate_audit.csv
*/
select *
from raw.gate_audit
