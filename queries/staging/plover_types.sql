/* What each type of PLOVER means. Whether SANCTION is word or deed is decided here, in one cell.

   grain   plover_type
   inputs  raw.plover_types
   columns
     plover_type  varchar  name of the type
     label_en     varchar  English label
     label_es     varchar  Spanish label
     kind         varchar  verbal or material cooperation or friction
     sign         integer  1 for cooperation, -1 for friction
     is_mutual    boolean  both sides act
   source  seeds/plover_types.csv
*/
select
    plover_type,
    label_en,
    label_es,
    kind,
    sign::integer as sign,
    is_mutual = 'true' as is_mutual
from raw.plover_types
