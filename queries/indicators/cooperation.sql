/* How much cooperation there is, by score, whatever the friction.

   title   Cooperation
   unit    score points per 30 days
   better  higher
   why     Both can rise at once; a balance cannot show that.
   caveat  Follows how much is reported or curated; compare within one pair only.
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
