/* How many of the words of a search stand in a text: words_in(words, text), of the lists of main.words_asked and a text as main.folded gives it.

   parameters  for_words, for_text
   gives  value
   source  the words and the text
*/
select len(list_filter(for_words, lambda spellings: len(list_filter(spellings, lambda spelling: contains(for_text, spelling))) > 0))
