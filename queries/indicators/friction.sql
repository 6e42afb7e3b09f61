/* Amount of friction, by score, independent of cooperation.

   title   Friction
   unit    score points per 30 days
   better  lower
   why     Cooperation and friction can rise at the same time; a balance cannot show that.
   caveat  Depends on how much is reported or listed; compare it only within one pair.
   grain   dataset, dyad, domain, half_life_days, day
   inputs  indicators.cooperation
   built   passing
   columns  those of indicators.cooperation, and
     friction  double  score points per 30 days; 0 when nothing happened, NULL only where the day was not read
   source  30 Σ c x / Σ c over read days since the first event, x the day's negative scores without their sign
*/
select
    *,
    case when is_read then cooperation_window * decayed_negative / decayed_read_days end as friction
from indicators.cooperation
