/* Outcomes that a pair is compared with, primary ones first.

   inputs  main.lead_lag, main.outcome_series
   parameters  dyad
   columns
     series_id  varchar  the outcome
     name_en    varchar  short name, English
     name_es    varchar  the same in Spanish
     note_en    varchar  what to know of it
     note_es    varchar  the same in Spanish
     unit       varchar  unit of its values
     frequency  varchar  day or month
   source  main.lead_lag
*/
with compared as (
    select
        series_id,
        bool_or(family <> 'exploratory') as is_primary
    from main.lead_lag
    where dyad = $dyad
    group by series_id
)

select
    outcome_series.series_id,
    outcome_series.name_en,
    outcome_series.name_es,
    outcome_series.note_en,
    outcome_series.note_es,
    outcome_series.unit,
    outcome_series.frequency
from compared
inner join main.outcome_series on compared.series_id = outcome_series.series_id
order by compared.is_primary desc, outcome_series.frequency asc, outcome_series.series_id asc
