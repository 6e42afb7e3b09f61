/* A text as it is searched: small letters without accents, one blank before and after each word.

   parameters  for_text
   gives  value
   source  the text
*/
select ' ' || trim(regexp_replace(strip_accents(lower(for_text)), '[^\p{L}\p{N}]+', ' ', 'g')) || ' '
