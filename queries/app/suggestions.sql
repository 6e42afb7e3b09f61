/* For each word of a search that found nothing: whether it is in any name or sentence, and if not, the one that is spelled most like it.

   inputs  main.words_asked, main.folded, main.synonyms, main.datasets, main.events, main.measures, main.countries, main.domains
   parameters  q
   columns
     word     varchar  the word as it was typed, without accents
     is_used  boolean  some name or sentence has it
     nearest  varchar  of a word that none has: the one spelled most like it; NULL where none is near
   source  main.events, main.measures, main.synonyms
*/
with sentences as (
    select main.folded(concat_ws(' ', events.summary, events.summary_es, events.source_name, events.target_name)) as said
    from main.events
    inner join main.datasets on events.dataset = datasets.dataset
    where datasets.is_curated
    union all
    select main.folded(measure_name) as said from main.measures
    union all
    select main.folded(concat_ws(' ', name_en, name_es)) as said from main.countries
    union all
    select main.folded(concat_ws(' ', label_en, label_es)) as said from main.domains
    union all
    select main.folded(word) as said from main.synonyms
),

spoken as (
    select unnest(string_split(trim(said), ' ')) as word
    from sentences
),

vocabulary as (
    select
        word,
        count(*) as n
    from spoken
    where length(word) > 2
    group by word
),

compared as (
    select
        asked.place,
        asked.word,
        bool_or(starts_with(vocabulary.word, asked.word) or contains(asked.word, ' ')) as is_used,
        min_by(vocabulary.word, (damerau_levenshtein(vocabulary.word, asked.word), -vocabulary.n, vocabulary.word)) filter (
            where damerau_levenshtein(vocabulary.word, asked.word) <= (length(asked.word) + 2) // 4
        ) as nearest
    from words_asked($q) as asked
    cross join vocabulary
    group by asked.place, asked.word
)

select
    word,
    is_used,
    case when not is_used then nearest end as nearest
from compared
order by place
