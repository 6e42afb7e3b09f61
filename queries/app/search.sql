/* What a search finds: days, pairs, subjects, pages, measures and events of the curated datasets in which all its words stand, best first.

   First a day that was asked for; then what has exactly the name that was asked for; then pairs, pages and subjects; then measures and events, those
   first whose own sentence has all words and has them as typed, in singular or plural, of several words the shortest, else the newest. Events of a
   search with a day are of that day or month.

   inputs  main.searched, main.words_asked, main.folded, main.words_in, main.synonyms, main.dyads, main.countries, main.domains, main.measures, main.datasets
   parameters  q (the words; without the day), dyad (the pair that days and subjects open), is_dated, from_day, to_day, paths, pages_en, pages_es, page_words (of the pages, in one order), most (of each kind)
   columns
     kind      varchar    day, pair, subject, page, measure or event
     name      varchar    pair, subject, path of the page, measure, or event
     dyad      varchar    the pair that it is about; NULL for a page
     day       date       day of the event, or of the newest change of the measure
     title_en  varchar    its name or sentence
     title_es  varchar    the same in Spanish, where there is one
     state     varchar    state of a measure
     score     double     score of an event
     marked    varchar[]  what was looked for, as main.words_asked has it
     n_kind    bigint     how many of its kind were found
   source  main.searched
*/
with asked as (
    select
        coalesce(list(spellings order by place), []) as words,
        coalesce(list(typed order by place), []) as typed,
        coalesce(flatten(list(spellings order by place)), []) as marked
    from words_asked($q)
),

curated as (
    select events.*
    from main.datasets
    cross join lateral searched(datasets.dataset, 'all', $q, $from_day, $to_day) as events
    where datasets.is_curated
),

states as (
    select * from main.measures
    qualify row_number() over (partition by measure_id order by step desc) = 1
),

pairs as (
    select
        dyads.dyad,
        dyads.position,
        first_country.name_en || ' – ' || partner.name_en as title_en,
        first_country.name_es || ' – ' || partner.name_es as title_es
    from main.dyads
    inner join main.countries as first_country on dyads.lead = first_country.country
    inner join
        main.countries as partner
        on partner.country = case when dyads.lead = dyads.country_a then dyads.country_b else dyads.country_a end
),

things as (
    select
        case when $is_dated then 'day' else 'pair' end as kind,
        1 as class,
        position as place,
        dyad as name,
        dyad,
        case when $is_dated then $from_day::date end as day,
        title_en,
        title_es,
        null as state,
        null as score,
        '' as more
    from pairs
    where $q <> '' or dyad = $dyad
    union all
    select
        'page' as kind,
        2 as class,
        generate_subscripts($paths::varchar[], 1) as place,
        unnest($paths::varchar[]) as name,
        null as dyad,
        null as day,
        unnest($pages_en::varchar[]) as title_en,
        unnest($pages_es::varchar[]) as title_es,
        null as state,
        null as score,
        unnest($page_words::varchar[]) as more
    where not $is_dated
    union all
    select
        'subject' as kind,
        3 as class,
        position as place,
        domain as name,
        $dyad::varchar as dyad,
        null as day,
        domains.label_en as title_en,
        domains.label_es as title_es,
        null as state,
        null as score,
        '' as more
    from main.domains
    where not $is_dated
    union all
    select
        'measure' as kind,
        5 as class,
        -epoch(states.state_day) as place,
        states.measure_id as name,
        states.dyad,
        states.state_day as day,
        states.measure_name as title_en,
        null as title_es,
        states.state,
        null as score,
        concat_ws(
            ' ', states.note, states.legal_basis, states.instrument, domains.label_en, domains.label_es,
            imposing.name_en, imposing.name_es, met.name_en, met.name_es
        ) as more
    from states
    inner join main.domains on states.domain = domains.domain
    inner join main.countries as imposing on states.imposing_country = imposing.country
    inner join main.countries as met on states.target_country = met.country
    where not $is_dated
    union all
    select
        'event' as kind,
        4 as class,
        -epoch(event_day) as place,
        event_id as name,
        dyad,
        event_day as day,
        coalesce(summary, source_title, label) as title_en,
        summary_es as title_es,
        null as state,
        score,
        null as more
    from curated
),

told as (
    select
        things.*,
        asked.*,
        main.folded(title_en) as said_en,
        main.folded(coalesce(title_es, '')) as said_es,
        main.folded(concat_ws(' ', title_en, title_es, more)) as said
    from things
    cross join asked
),

found as (
    select
        *,
        trim(main.folded($q)) in (trim(said_en), trim(said_es)) as is_named,
        greatest(main.words_in(words, said_en), main.words_in(words, said_es)) = len(words) as is_told,
        greatest(main.words_in(typed, said_en), main.words_in(typed, said_es)) as n_typed,
        case when title_es is null then length(said_en) else least(length(said_en), length(said_es)) end as size
    from told
    where more is null or main.words_in(words, said) = len(words)
),

ranked as (
    select
        *,
        count(*) over (partition by kind) as n_kind,
        row_number() over (
            order by
                kind = 'day' desc, is_named desc, class <= 3 desc, case when class <= 3 then class end asc, is_told desc, n_typed desc, class asc,
                case when class <= 3 then place when len(words) > 1 then size end asc, place asc, name asc
        ) as position
    from found
    where len(words) > 0 or $is_dated
)

select
    kind,
    name,
    dyad,
    day::date as day,
    title_en,
    title_es,
    state,
    score,
    marked,
    n_kind
from ranked
qualify row_number() over (partition by kind order by position) <= $most
order by position
