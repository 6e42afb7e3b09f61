/* Amount of cooperation, by score, independent of friction.

   title   Cooperation
   unit    score points per 30 days
   better  higher
   why     Cooperation and friction can rise at the same time; a balance cannot show that.
   caveat  Depends on how much is reported or listed; compare it only within one pair.
   grain   dataset, dyad, domain, half_life_days, day
   inputs  indicators.intensity
   built   view
   columns  those of indicators.intensity, and
     cooperation  double  score points per 30 days; 0 when nothing happened, NULL only where the day was not read
   source  30 Σ c x / Σ c over read days since the first event, x the day's positive scores
*/
select
    *,
    case when is_read then cooperation_window * decayed_positive / decayed_read_days end as cooperation
from indicators.intensity
