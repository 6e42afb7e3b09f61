/* Files that a source should have and that were not to be had, by quarter hour, with the reason.

   grain   dataset, feed, slot
   inputs  raw.gaps
   built   view
   columns
     dataset  varchar    which dataset lacks them
     feed     varchar    stream of files
     slot     timestamp  quarter hour that the file is named after, UTC
     day      date       its day
     reason   varchar    why it was not available
   source  raw.gaps
*/
select
    dataset,
    feed,
    slot,
    day,
    reason
from raw.gaps
