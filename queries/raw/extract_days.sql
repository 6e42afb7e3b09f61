/* Days that extracts of machine-coded datasets cover, as their users said: of such a day a file has every row that passes a filter.

   The day counts as read; how many rows and articles the dataset had on it in all is not known from an extract.

   grain   dataset, md5, day
   inputs
   by    dataset, day
   kept    the loader replaces what was said of a file
   columns
     dataset  varchar  dataset of the file
     md5      varchar  checksum of the file
     day      date     a day that it covers, UTC
     filter   varchar  how its rows were chosen, in the user's words; NULL where nothing was said
     run_id   varchar  run that read it
   source  bilateral load --covers --filter
*/
select
    null::varchar as dataset,
    null::varchar as md5,
    null::date as day,
    null::varchar as filter,
    null::varchar as run_id
where false
