/* Constants of the method, each with its reason.

   grain   name
   inputs
   columns
     name    varchar  name
     value   varchar  value
     unit    varchar  unit
     reason  varchar  why this value
   source  seeds/method.csv
*/
select
    name,
    value,
    unit,
    reason
from read_csv(getvariable('seeds') || '/method.csv', header = true, all_varchar = true)
