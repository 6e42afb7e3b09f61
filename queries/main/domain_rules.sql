/* Rules that give an act its subject where its source gives none, in their order. events.domain_rule names the one that decided.

   grain   position
   inputs  raw.domain_rules
   built   view
   columns
     position  integer  place in the order, 1 is asked first
     rule      varchar  name of the rule
     domain    varchar  subject that it gives
     codes     varchar  beginnings of event codes, one of which the act must have, separated by a blank
     roles     varchar  roles, one of which either side must have
     words     varchar  words, one of which the address or title must have; a hyphen joins two neighbours
     contexts  varchar  contexts of POLECAT, one of which the row must have
     reason    varchar  why
   source  seeds/domain_rules.csv
*/
select
    position::integer as position,
    rule,
    domain,
    codes,
    roles,
    words,
    contexts,
    reason
from raw.domain_rules
