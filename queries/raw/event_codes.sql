/* CAMEO event codes, version 1.1b3.

   grain   code
   inputs
   columns
     code           varchar  CAMEO code as text
     root           varchar  its first two characters
     label_en       varchar  English label
     label_es       varchar  Spanish label
     kind           varchar  verbal or material cooperation or friction
     sign           varchar  1 cooperation, -1 friction
     is_mutual      varchar  true when both sides act
     mutual_reason  varchar  why it is mutual, or why not
     plover_type    varchar  PLOVER event type
     plover_mode    varchar  PLOVER mode
   source  seeds/event_codes.csv
*/
select
    code,
    root,
    label_en,
    label_es,
    kind,
    sign,
    is_mutual,
    mutual_reason,
    plover_type,
    plover_mode
from read_csv(getvariable('seeds') || '/event_codes.csv', header = true, all_varchar = true)
