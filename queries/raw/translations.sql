/* Spanish of the English texts of the register of measures and of the names of actors and of official outlets.

   A translation is found by its English text: where that changes, the text stays English until somebody translates it anew.

   grain   english
   inputs
   columns
     english  varchar  name of a measure, remark, dispute, legal basis, or name of an actor or an outlet, as its file has it
     spanish  varchar  the same in Spanish
   source  seeds/translations.csv
*/
select
    english,
    spanish
from read_csv(getvariable('seeds') || '/translations.csv', header = true, all_varchar = true)
