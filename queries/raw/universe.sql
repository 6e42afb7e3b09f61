/* Everything a machine-coded dataset holds, whatever the countries: rows and articles by file and day, to divide by.

   grain   dataset, md5, day, added_day
   inputs
   by    dataset, added_day
   kept    the loader replaces the rows of a file it reads again
   columns
     dataset     varchar  where the rows come from
     file_name   varchar  file of the rows; the first in the alphabet if several are equal
     md5         varchar  checksum of the file
     day         date     day of the acts as coded
     added_day   date     day on which the source published them, UTC
     n_rows      bigint   rows that were not refused
     n_articles  bigint   articles they count, at least 1 a row
     first_id    bigint   lowest number of an event, where events have numbers
     last_id     bigint   highest number of an event
     is_extract  boolean  the file is an extract, whose rows are not all that there were; NULL for one that was read before extracts were known
   source  the loader
*/
select
    null::varchar as dataset,
    null::varchar as file_name,
    null::varchar as md5,
    null::date as day,
    null::date as added_day,
    null::bigint as n_rows,
    null::bigint as n_articles,
    null::bigint as first_id,
    null::bigint as last_id,
    null::boolean as is_extract
where false
