/* Kinds of bodies that act, as CAMEO abbreviates them: events.source_role and target_role.

   grain   role
   inputs  raw.roles
   built   view
   columns
     role      varchar  CAMEO role code
     label_en  varchar  English name
     label_es  varchar  Spanish name
   source  seeds/roles.csv
*/
select
    role,
    label_en,
    label_es
from raw.roles
