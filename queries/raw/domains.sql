/* Subjects of acts.

   grain   domain
   inputs
   columns
     domain          varchar  name
     label_en        varchar  English name
     label_es        varchar  Spanish name
     source_names    varchar  spellings in source files, separated by a blank
     description_en  varchar  what belongs here
     position        varchar  place in lists
   source  seeds/domains.csv
*/
select
    domain,
    label_en,
    label_es,
    source_names,
    description_en,
    position
from read_csv(getvariable('seeds') || '/domains.csv', header = true, all_varchar = true)
