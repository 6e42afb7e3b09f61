/* Which days were read. Silence is not calm: a day outside these rows is a gap, never a zero.

   grain   dataset, dyad, day
   inputs  core.coverage
   built   view
   columns
     dataset     varchar  where the reports come from
     dyad        varchar  the pair, or * for all pairs
     day         date     the day
     n_reports   bigint   reports read
     n_articles  bigint   articles read
     state       varchar  curated, read, partly read, or not read
   source  core.coverage
*/
select
    dataset,
    dyad,
    day,
    n_reports,
    n_articles,
    state
from core.coverage
