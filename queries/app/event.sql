/* One event with the meaning of its code and the names of its countries and of the kinds of bodies that act.

   inputs  main.events, main.event_codes, main.countries, main.roles, main.datasets, main.score_tables, main.translations
   parameters  event_id
   columns  those of main.events, and
     label            varchar  meaning of the code
     label_es         varchar  the same in Spanish
     source_label_en  varchar  name of the country that acts
     source_label_es  varchar  the same in Spanish
     target_label_en  varchar  name of the country it acts on
     target_label_es  varchar  the same in Spanish
     source_body_en   varchar  role of the actor
     source_body_es   varchar  the same in Spanish
     target_body_en   varchar  kind of body that it acts on
     target_body_es   varchar  the same in Spanish
     source_name_es   varchar  name of the actor in Spanish; the name as coded where it is not translated
     target_name_es   varchar  name of the target in Spanish; the name as coded where it is not translated
     listed_score     double   score as its table has it; `score` is the one that counts
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
    coalesce(source_body.label_en, events.source_role) as source_body_en,
    coalesce(source_body.label_es, events.source_role) as source_body_es,
    coalesce(target_body.label_en, events.target_role) as target_body_en,
    coalesce(target_body.label_es, events.target_role) as target_body_es,
    coalesce(source_name.spanish, events.source_name) as source_name_es,
    coalesce(target_name.spanish, events.target_name) as target_name_es,
    score_tables.listed_score,
    datasets.is_curated
from main.events
left join main.event_codes on events.code = event_codes.code
left join main.countries as source on events.source_country = source.country
left join main.countries as target on events.target_country = target.country
left join main.roles as source_body on events.source_role = source_body.role
left join main.roles as target_body on events.target_role = target_body.role
left join main.translations as source_name on events.source_name = source_name.english
left join main.translations as target_name on events.target_name = target_name.english
left join main.datasets on events.dataset = datasets.dataset
left join main.score_tables on events.score_table = score_tables.score_table and events.code = score_tables.code
where events.event_id = $event_id
