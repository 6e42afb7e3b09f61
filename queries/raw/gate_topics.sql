/* Words of addresses whose pages tell no acts of states.

   grain   word
   inputs
   columns
     topic     varchar  sport, weather, astronomy and so on
     word      varchar  in lower case without accents, its parts joined by a hyphen
     language  varchar  ISO 639-1
   source  seeds/gate_topics.csv
*/
select
    topic,
    word,
    language
from read_csv(getvariable('seeds') || '/gate_topics.csv', header = true, all_varchar = true)
