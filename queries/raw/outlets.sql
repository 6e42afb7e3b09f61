/* Known outlets: who publishes under a domain.

   grain   outlet
   inputs
   columns
     outlet       varchar  domain without www; it stands for its subdomains too
     name         varchar  name of the outlet
     country      varchar  ISO 3166-1 alpha-3 of its main newsroom; in exile, of the country it reports on; empty for world bodies
     language     varchar  main language, ISO 639-1
     kind         varchar  wire, agency, paper, broadcaster and so on, see seeds/README.md
     names_other  varchar  names that sources give instead of a domain, separated by a vertical bar
   source  seeds/outlets.csv
*/
select
    outlet,
    name,
    country,
    language,
    kind,
    names_other
from read_csv(getvariable('seeds') || '/outlets.csv', header = true, all_varchar = true)
