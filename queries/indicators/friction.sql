/* How much friction there is, by score, whatever the cooperation.

   title   Friction
   unit    score points per 30 days
   better  lower
   why     Both can rise at once; a balance cannot show that.
   caveat  Follows how much is reported or curated; compare within one pair only.
   grain   dataset, dyad, domain, half_life_days, day
   inputs  indicators.decayed, staging.method
   built   passing
   columns
     dataset         varchar  where the events come from
     dyad            varchar  pair or direction
     domain          varchar  subject, or all
     half_life_days  integer  days after which an event counts half
     day             date     the day
     friction        double   score points per 30 days; 0 when nothing happened, NULL only where the day was not read
   source  30 Σ c x / Σ c over read days since the first event, x the day's negative scores
*/
select
    decayed.dataset,
    decayed.dyad,
    decayed.domain,
    decayed.half_life_days,
    decayed.day,
    method.cooperation_window * decayed.friction / decayed.read_days as friction
from indicators.decayed
cross join staging.method
where decayed.is_read
