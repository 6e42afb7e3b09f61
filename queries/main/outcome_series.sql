/* Series of outcomes: what is measured between two countries besides events, by whom, and what was expected of it before anybody looked.

   grain   series_id
   inputs  raw.outcome_series
   built   view
   columns
     series_id             varchar  stable name of the series
     dyad                  varchar  unordered pair of countries; NULL where a series is of no pair
     direction             varchar  of goods exporter>importer, of acts initiator>target; NULL for exchange rates
     measure               varchar  what is measured
     unit                  varchar  unit of its values
     frequency             varchar  day or month
     seasonal              varchar  nsa (not seasonally adjusted) or none (no season is expected)
     transform             varchar  how it enters a comparison: dlog, diff or level
     expected_sign         varchar  sign expected with more friction, written before looking: positive, negative or either
     reader                varchar  reader of the source that is asked for it
     source_key            varchar  its name at that source
     publication_lag_days  integer  days from the end of a period to its first publication, about
     licence               varchar  terms of use
     name_en               varchar  short name, English
     name_es               varchar  the same in Spanish
     note_en               varchar  what to know of it
     note_es               varchar  the same in Spanish
   source  seeds/outcome_series.csv
*/
select
    series_id,
    dyad,
    direction,
    measure,
    unit,
    frequency,
    seasonal,
    transform,
    expected_sign,
    reader,
    source_key,
    publication_lag_days::integer as publication_lag_days,
    licence,
    name_en,
    name_es,
    note_en,
    note_es
from raw.outcome_series
