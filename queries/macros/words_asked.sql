/* The words of a search, each with all spellings that count as found: from words_asked('arancel autos').

   A word that main.synonyms knows stands whole, or any other word of its concept does; the beginning of one (three letters or more) finds the
   words of its concept as well; every other word is found at the beginning of words. Signs and accents are nothing, so `T-MEC` is `t mec`.

   parameters  for_words
   columns
     place      bigint     running number of the word
     word       varchar    the word
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

known as (
    select
        word,
        bool_or(concept = 'none') as is_left_out
    from main.synonyms
    group by word
),

numbered as (
    select
        asked.place,
        asked.word,
        known.word is not null as is_known
    from asked
    left join known on asked.word = known.word
    where known.is_left_out is not true
),

meant as (
    select
        numbered.place,
        list(distinct ' ' || same.word || ' ' order by ' ' || same.word || ' ') as spellings
    from numbered
    inner join
        main.synonyms
        on
            numbered.word = synonyms.word
            or (not numbered.is_known and length(numbered.word) > 2 and starts_with(synonyms.word, numbered.word))
    inner join main.synonyms as same on synonyms.concept = same.concept
    where synonyms.concept <> 'none'
    group by numbered.place
)

select
    numbered.place,
    numbered.word,
    case
        when numbered.is_known then meant.spellings
        else list_prepend(' ' || numbered.word, coalesce(meant.spellings, []))
    end as spellings
from numbered
left join meant on numbered.place = meant.place
order by numbered.place
