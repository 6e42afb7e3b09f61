/* Files that a source should have and that were not to be had: with them, a day without rows is known as not read, never taken for quiet.

   grain   dataset, feed, slot
   inputs
   kept    the loader replaces what lies in a span of days that it plans
   columns
     dataset  varchar    which dataset lacks them
     feed     varchar    stream of files
     slot     timestamp  quarter hour that the file is named after, UTC
     day      date       its day
     reason   varchar    why it was not available
     run_id   varchar    run that looked for it last
   source  the lists of the source
*/
select
    null::varchar as dataset,
    null::varchar as feed,
    null::timestamp as slot,
    null::date as day,
    null::varchar as reason,
    null::varchar as run_id
where false
