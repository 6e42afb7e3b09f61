/* Languages of outlets and of translated articles.

   grain   language
   inputs
   columns
     language  varchar  ISO 639-1
     name_en   varchar  English name
     name_es   varchar  Spanish name
     iso639_3  varchar  ISO 639-3 codes that sources use for it, separated by a blank
   source  seeds/languages.csv
*/
select
    language,
    name_en,
    name_es,
    iso639_3
from read_csv(getvariable('seeds') || '/languages.csv', header = true, all_varchar = true)
