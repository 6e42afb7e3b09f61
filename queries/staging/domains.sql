/* Subjects of acts, in the order of lists.

   grain   domain
   inputs  raw.domains
   columns
     domain          varchar  name in tables and addresses
     label_en        varchar  English name
     label_es        varchar  Spanish name
     description_en  varchar  what belongs here
     position        integer  place in lists
   source  seeds/domains.csv
*/
select
    domain,
    label_en,
    label_es,
    description_en,
    position::integer as position
from raw.domains
