/* Outlets: the known ones and every one that a report names, with country and language where they can be told.

   grain   outlet
   inputs  staging.outlets
   built   view
   columns
     outlet         varchar  host without www, or name, as reports have it
     listed_as      varchar  domain in the list that it belongs to
     name           varchar  name of the outlet
     country        varchar  ISO 3166-1 alpha-3 of its main newsroom
     language       varchar  main language, ISO 639-1
     kind           varchar  wire, agency, paper, broadcaster and so on, see seeds/README.md
     outlet_source  varchar  list, tld (told from the country code at the end of the host), or none
   source  staging.outlets
*/
select
    outlet,
    listed_as,
    name,
    country,
    language,
    kind,
    outlet_source
from staging.outlets
