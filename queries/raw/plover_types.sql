/* The 16 event types of PLOVER, which POLECAT is coded in.

   grain   plover_type
   inputs
   columns
     plover_type    varchar  name of the type
     label_en       varchar  English label
     label_es       varchar  Spanish label
     kind           varchar  verbal or material cooperation or friction
     sign           varchar  1 cooperation, -1 friction
     is_mutual      varchar  true when both sides act
     mutual_reason  varchar  why it is mutual
     note           varchar  where the manual contradicts itself and what was decided
   source  seeds/plover_types.csv
*/
select
    plover_type,
    label_en,
    label_es,
    kind,
    sign,
    is_mutual,
    mutual_reason,
    note
from read_csv(getvariable('seeds') || '/plover_types.csv', header = true, all_varchar = true)
