/* Words of addresses that tell an act: which kind of act a page is about.

   grain   kind, word
   inputs
   columns
     kind      varchar  verbal or material cooperation or friction, statement, migration (tells expulsions), or violence of others (tells no act of a state)
     word      varchar  in lower case without accents, its parts joined by a hyphen
     language  varchar  ISO 639-1
   source  seeds/gate_acts.csv
*/
select
    kind,
    word,
    language
from read_csv(getvariable('seeds') || '/gate_acts.csv', header = true, all_varchar = true)
