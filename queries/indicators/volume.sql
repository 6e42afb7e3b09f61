/* How much is reported: articles a day, recent days counting most.

   title   Volume
   unit    articles a day
   better  neither
   why     A balance from much coverage differs from one out of a quiet corner.
   caveat  Loudness is not hostility; for curated data it is how dense the list is.
   grain   dataset, dyad, domain, half_life_days, day
   inputs  indicators.decayed
   built   passing
   columns
     dataset         varchar  where the events come from
     dyad            varchar  pair or direction
     domain          varchar  subject, or all
     half_life_days  integer  days after which an event counts half
     day             date     the day
     volume          double   articles a day; NULL where the day was not read
   source  Σ c articles / Σ c over read days since the first event
*/
select
    dataset,
    dyad,
    domain,
    half_life_days,
    day,
    n_articles / read_days as volume
from indicators.decayed
where is_read
