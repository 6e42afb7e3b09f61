/* Words that mean the same to whoever looks for them, in both languages of the pages.

   grain   concept
   inputs
   columns
     concept  varchar  what they mean, in one English word
     words    varchar  the words, separated by a bar; several words that are read as one stand with a blank between
   source  seeds/synonyms.csv
*/
select
    concept,
    words
from read_csv(getvariable('seeds') || '/synonyms.csv', header = true, all_varchar = true)
