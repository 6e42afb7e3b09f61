/* What each CAMEO code means. Here the sign of friction is decided, code by code.

   grain   code
   inputs  raw.event_codes
   columns
     code         varchar  CAMEO code as text, leading zero kept
     root         varchar  its first two characters
     label_en     varchar  English label
     label_es     varchar  Spanish label
     kind         varchar  verbal or material cooperation or friction
     sign         integer  1 for cooperation, -1 for friction
     is_mutual    boolean  both sides act, as in a meeting or a signature
     plover_type  varchar  PLOVER event type
   source  seeds/event_codes.csv
*/
select
    code,
    root,
    label_en,
    label_es,
    kind,
    sign::integer as sign,
    is_mutual = 'true' as is_mutual,
    plover_type
from raw.event_codes
