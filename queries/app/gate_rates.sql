/* How many rows of a machine-coded dataset passed the gate, of a pair or of all. No row where people coded.

   inputs  main.gate, main.datasets
   parameters  dataset, dyad (or all)
   columns
     n_rows     bigint   rows of the configured pairs, or of the pair
     n_passed   bigint   of these counted
     is_judged  boolean  the gate judges rows of this dataset
   source  main.gate
*/
select
    coalesce(sum(gate.n_reports), 0)::bigint as n_rows,
    coalesce(sum(gate.n_reports) filter (where gate.passes), 0)::bigint as n_passed,
    any_value(datasets.gate) = 'on' as is_judged
from main.datasets
left join main.gate on datasets.dataset = gate.dataset and ($dyad = 'all' or gate.dyad = $dyad)
where datasets.dataset = $dataset and not datasets.is_curated
group by datasets.dataset
