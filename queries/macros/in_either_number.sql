/* A word in singular and plural, by the rules of English and Spanish spelling: arancel, aranceles; duty, duties; luz, luces. Forms that are no words do no
   harm, as nothing has them. The word is in small letters without accents.

   parameters  for_word
   gives  value
   source  the word
*/
select
    list_sort(
        list_distinct(
            [
                for_word, for_word || 's', for_word || 'es', regexp_replace(for_word, 'y$', 'ies'), regexp_replace(for_word, 'z$', 'ces'),
                regexp_replace(for_word, '(..[^s])s$', '\1'), regexp_replace(for_word, '(..[^s])es$', '\1'),
                regexp_replace(for_word, '(...)ies$', '\1y'), regexp_replace(for_word, '(..)ces$', '\1z')
            ]
        )
    )
