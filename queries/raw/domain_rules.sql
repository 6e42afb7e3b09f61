/* Rules that give an act its subject where its source gives none. The first one that holds decides.

   grain   position
   inputs
   columns
     position  varchar  place in the order, 1 is asked first
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
    position,
    rule,
    domain,
    codes,
    roles,
    words,
    contexts,
    reason
from read_csv(getvariable('seeds') || '/domain_rules.csv', header = true, all_varchar = true)
