/* Acts that a rule of curation finds and that are right as they are: somebody looked, and says why.

   grain   rule, event_id
   inputs
   columns
     rule      varchar  wording (reads like a promise, an announcement or a request), announced (a deed that the register only announces), twin
     event_id  varchar  the act
     reason    varchar  why it stays
   source  seeds/looked_at.csv
*/
select
    rule,
    event_id,
    reason
from read_csv(getvariable('seeds') || '/looked_at.csv', header = true, all_varchar = true)
