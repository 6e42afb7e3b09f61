/* Events of a range in which words stand: in their sentence, title, names, outlet, code or what the code means, whatever the case and the accents:
   from searched('chronology', 'all', 'tariff', date '2025-03-01', date '2025-03-31'), of all pairs.

   parameters  for_dataset, for_dyad, for_words, for_from_day, for_to_day
   columns  those of main.events, and
     label  varchar  what the code means
   source  main.events, main.event_codes
*/
select
    events.*,
    event_codes.label_en as label
from main.events
left join main.event_codes on events.code = event_codes.code
where
    events.dataset = for_dataset
    and (for_dyad = 'all' or events.dyad = for_dyad)
    and events.event_day between for_from_day::date and for_to_day::date
    and (
        for_words = ''
        or contains(
            strip_accents(lower(
                concat_ws(
                    ' ', events.summary, events.source_title, events.source_name, events.target_name, events.outlet, events.code, event_codes.label_en
                )
            )),
            strip_accents(lower(for_words))
        )
    )
