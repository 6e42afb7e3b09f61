/* Dates ahead that a source names: reviews, deadlines, sunset clauses, elections, summits. Dates of single measures: measures.until.

   grain   date_id
   inputs  raw.dates_ahead
   built   view
   columns
     date_id       varchar    stable name
     day           date       the day; the first of the month where only that is known
     precision     varchar    day or month
     certainty     varchar    planned (set by law, treaty or host) or likely (by custom, or the day is not set)
     kind          varchar    review, deadline, sunset, election, term or summit
     countries     varchar[]  whom it concerns, ISO 3166-1 alpha-3
     domain        varchar    subject
     title_en      varchar    what is set, English
     title_es      varchar    the same in Spanish
     source_title  varchar    page that says so
     source_url    varchar    its address
     source_kind   varchar    primary (who sets the day, or the text that does) or secondary (who reports it)
   source  seeds/calendar.csv
*/
select
    date_id,
    day::date as day,
    precision,
    certainty,
    kind,
    string_split(countries, ' ') as countries,
    domain,
    title_en,
    title_es,
    source_title,
    source_url,
    source_kind
from raw.dates_ahead
