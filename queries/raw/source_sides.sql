/* From whom a page speaks: of a whole kind of outlets, or of one outlet with all below its domain.

   grain   none
   inputs
   columns
     kind     varchar  kind of outlets, as in outlets.csv; empty in a line about one outlet
     outlet   varchar  domain without www; empty in a line about a kind
     side     varchar  government, court, agency, press or other
     country  varchar  of a government or court, ISO 3166-1 alpha-3; empty in a line about a kind, whose outlets have their own
     reason   varchar  why
   source  seeds/source_sides.csv
*/
select
    kind,
    outlet,
    side,
    country,
    reason
from read_csv(getvariable('seeds') || '/source_sides.csv', header = true, all_varchar = true)
