/* Days whose reports are other than when the tables were built; a build replaces these days and empties the list.

   grain   none
   inputs
   kept    the loader appends
   columns
     dataset  varchar  dataset of the reports
     day      date     day of the acts, or on which the source published them; NULL for all days, as of a curated dataset
   source  the loader
*/
select
    null::varchar as dataset,
    null::date as day
where false
