/* Kinds of bodies that act, as CAMEO abbreviates them.

   grain   role
   inputs
   columns
     role          varchar  CAMEO role code
     label_en      varchar  English name
     label_es      varchar  Spanish name
     source_names  varchar  sectors of ICEWS that mean it, separated by a vertical bar
     position      varchar  the lowest one wins where a cell names several, bodies with a narrow task first
     is_state      varchar  true for a body of a state: the gate takes such an actor for its country
   source  seeds/roles.csv
*/
select
    role,
    label_en,
    label_es,
    source_names,
    position,
    is_state
from read_csv(getvariable('seeds') || '/roles.csv', header = true, all_varchar = true)
