/* Spanish of the English texts of the register of measures and of the names of actors and of official outlets.

   grain   english
   inputs  raw.translations
   built   view
   columns
     english  varchar  the English text
     spanish  varchar  the same in Spanish
   source  seeds/translations.csv
*/
select
    english,
    spanish
from raw.translations
