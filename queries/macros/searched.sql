/* Events of a range in which all words of a search stand: in their sentence, in either language, their title, names, outlet, countries, subject or
   code, or what the code means; see main.words_asked for what counts as found. From
   searched('chronology', 'all', 'car tariff', date '2025-03-01', date '2025-03-31'), of all pairs.

   parameters  for_dataset, for_dyad, for_words, for_from_day, for_to_day
   columns  those of main.events, and
     label  varchar  what the code means
   source  main.events, main.event_codes, main.synonyms
*/
with asked as (
    select coalesce(list(spellings order by place), []) as words
    from main.words_asked(for_words)
),

told as (
    select
        events.*,
        event_codes.label_en as label,
        case
            when for_words <> ''
                then main.folded(
                    concat_ws(
                        ' ', events.summary, events.summary_es, events.source_title, events.source_name, events.target_name, events.outlet,
                        events.code, event_codes.label_en, event_codes.label_es, domains.label_en, domains.label_es,
                        acting.name_en, acting.name_es, met.name_en, met.name_es
                    )
                )
        end as said
    from main.events
    left join main.event_codes on events.code = event_codes.code
    left join main.domains on events.domain = domains.domain
    left join main.countries as acting on events.source_country = acting.country
    left join main.countries as met on events.target_country = met.country
    where
        events.dataset = for_dataset
        and (for_dyad = 'all' or events.dyad = for_dyad)
        and events.event_day between for_from_day::date and for_to_day::date
)

select told.* exclude (said)
from told
cross join asked
where for_words = '' or main.words_in(asked.words, told.said) = len(asked.words)
