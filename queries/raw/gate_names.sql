/* Words of addresses and names of actors by which a country is known, and phrases that only look like one.

   grain   none
   inputs
   columns
     country  varchar  ISO 3166-1 alpha-3; empty for others and phrases
     kind     varchar  capital, demonym, body, border (of the United States with it), leader, region (which is no state), others (governments in general), or phrase (names no country)
     word     varchar  in lower case without accents, its parts joined by a hyphen
     since    varchar  leader: first day in office; empty for other kinds
     until    varchar  leader: day of leaving it; empty where that is open
   source  seeds/gate_names.csv
*/
select
    country,
    kind,
    word,
    since,
    until
from read_csv(getvariable('seeds') || '/gate_names.csv', header = true, all_varchar = true)
