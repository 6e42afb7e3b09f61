/* Languages of outlets and of translated articles.

   grain   language
   inputs  raw.languages
   built   view
   columns
     language  varchar  ISO 639-1
     name_en   varchar  English name
     name_es   varchar  Spanish name
   source  seeds/languages.csv
*/
select
    language,
    name_en,
    name_es
from raw.languages
