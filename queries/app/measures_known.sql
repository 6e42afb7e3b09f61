/* Policy measures between two countries, with their last state: those that changed last first.

   inputs  main.measures
   parameters  dyad
   columns
     measure_id       varchar  the measure
     measure_name     varchar  its name, English
     measure_name_es  varchar  the same in Spanish; NULL where it is not translated
     state            varchar  its last state
   source  main.measures
*/
select
    measure_id,
    max_by(measure_name, step) as measure_name,
    max_by(measure_name_es, step) as measure_name_es,
    max_by(state, step) as state
from main.measures
where dyad = $dyad
group by measure_id
order by max(state_day) desc, measure_id asc
