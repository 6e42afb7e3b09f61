/* Dates ahead that a source names: reviews, deadlines, sunset clauses, elections, summits.

   grain   none
   inputs
   columns
     date_id       varchar  stable name
     day           varchar  the day; the first of the month where only that is known
     precision     varchar  day or month
     certainty     varchar  planned or likely
     kind          varchar  what it is
     countries     varchar  whom it concerns, alpha-3, separated by a blank
     domain        varchar  subject
     title_en      varchar  what is set, English
     title_es      varchar  the same in Spanish
     source_title  varchar  page that says so
     source_url    varchar  its address
     source_kind   varchar  primary (who sets the day, or the text that does) or secondary (who reports it)
   source  seeds/calendar.csv
*/
select
    date_id,
    day,
    precision,
    certainty,
    kind,
    countries,
    domain,
    title_en,
    title_es,
    source_title,
    source_url,
    source_kind
from read_csv(getvariable('seeds') || '/calendar.csv', header = true, all_varchar = true)
