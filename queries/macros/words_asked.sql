/* The words of a search, each with all spellings that count as found: from words_asked('arancel autos').

   A word that main.synonyms knows stands whole, or any other word of its concept does; the beginning of one (three letters or more) finds the
   words of its concept as well; every other word is found at the beginning of words, and in its other number. Signs and accents are nothing, so `T-MEC`
   is `t mec`.

   parameters  for_words
   columns
     place      bigint     running number of the word
     word       varchar    the word
     typed      varchar[]  the word whole, in singular and plural
     spellings  varchar[]  what is looked for in texts that main.folded made: ` car ` a whole word, ` migra` the beginning of one
   source  main.synonyms
*/
with compounds as (
    select string_agg(word, '|' order by length(word) desc, word) as pattern
    from main.synonyms
    where contains(word, ' ')
),

split as (
    select regexp_extract_all(main.folded(for_words), '\b(?:' || pattern || ')\b|[^ ]+') as words
    from compounds
),

asked as (
    select
        generate_subscripts(words, 1) as place,
        unnest(words) as word
    from split
),

formed as (
    select
        place,
        word,
        main.in_either_number(word) as forms
    from asked
),

numbered as (
    select
        formed.place,
        formed.word,
        formed.forms,
        coalesce(bool_or(synonyms.concept <> 'none'), false) as is_known
    from formed
    left join main.synonyms on list_contains(formed.forms, synonyms.word)
    group by formed.place, formed.word, formed.forms
    having not coalesce(bool_or(synonyms.concept = 'none' and synonyms.word = formed.word), false)
),

meant as (
    select
        numbered.place,
        list(distinct ' ' || same.word || ' ' order by ' ' || same.word || ' ') as spellings
    from numbered
    inner join
        main.synonyms
        on
            list_contains(numbered.forms, synonyms.word)
            or (not numbered.is_known and length(numbered.word) > 2 and starts_with(synonyms.word, numbered.word))
    inner join main.synonyms as same on synonyms.concept = same.concept
    where synonyms.concept <> 'none'
    group by numbered.place
)

select
    numbered.place,
    numbered.word,
    list_transform(numbered.forms, lambda form: ' ' || form || ' ') as typed,
    case
        when numbered.is_known then meant.spellings
        else list_prepend(' ' || numbered.word, list_concat(typed, coalesce(meant.spellings, [])))
    end as spellings
from numbered
left join meant on numbered.place = meant.place
order by numbered.place
