/* Words that mean the same to a search, in both languages of the pages; those of the concept `none` are left out of one.

   grain   concept, word
   inputs  raw.synonyms
   columns
     concept  varchar  what the word means, in one English word
     word     varchar  the word in small letters, without accents, with one blank in place of each sign
   source  seeds/synonyms.csv
*/
select distinct
    concept,
    trim(regexp_replace(strip_accents(lower(unnest(string_split(words, '|')))), '[^\p{L}\p{N}]+', ' ', 'g')) as word
from raw.synonyms
