/* One event with the meaning of its code and the names of its countries.

   inputs  main.events, main.event_codes, main.countries, main.datasets
   parameters  event_id
   columns  those of main.events, and
     label            varchar  what the code means
     label_es         varchar  the same in Spanish
     source_label_en  varchar  name of the country that acts
     source_label_es  varchar  the same in Spanish
     target_label_en  varchar  name of the country it acts on
     target_label_es  varchar  the same in Spanish
     is_curated       boolean  coded by people; else by a machine
   source  main.events
*/
select
    events.*,
    event_codes.label_en as label,
    event_codes.label_es,
    source.name_en as source_label_en,
    source.name_es as source_label_es,
    target.name_en as target_label_en,
    target.name_es as target_label_es,
    datasets.is_curated
from main.events
left join main.event_codes on events.code = event_codes.code
left join main.countries as source on events.source_country = source.country
left join main.countries as target on events.target_country = target.country
left join main.datasets on events.dataset = datasets.dataset
where events.event_id = $event_id
