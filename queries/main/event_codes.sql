/* What each code means: those of CAMEO, and types and modes of PLOVER for POLECAT.

   grain   code
   inputs  staging.event_codes, staging.plover_types, raw.score_tables
   built   view
   columns
     code         varchar  CAMEO code as text, leading zero kept; or PLOVER type, or type-mode
     root         varchar  its first two characters, or the type
     label_en     varchar  English label
     label_es     varchar  Spanish label
     kind         varchar  verbal or material cooperation or friction
     sign         integer  1 for cooperation, -1 for friction
     is_mutual    boolean  both sides act, as in a meeting or a signature
     plover_type  varchar  PLOVER event type
   source  staging.event_codes, staging.plover_types
*/
select
    code,
    root,
    label_en,
    label_es,
    kind,
    sign,
    is_mutual,
    plover_type
from staging.event_codes
union all
select
    score_tables.code,
    plover_types.plover_type as root,
    plover_types.label_en || replace(score_tables.code, plover_types.plover_type, '') as label_en,
    plover_types.label_es || replace(score_tables.code, plover_types.plover_type, '') as label_es,
    plover_types.kind,
    plover_types.sign,
    plover_types.is_mutual,
    plover_types.plover_type
from raw.score_tables
inner join staging.plover_types on split_part(score_tables.code, '-', 1) = plover_types.plover_type
where score_tables.score_table = 'plover'
