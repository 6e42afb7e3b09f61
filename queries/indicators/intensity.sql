/* Mean score of all acts, recent ones counting most.

   title   Intensity
   unit    score points, -10..+10
   better  higher
   why     A handshake and a treaty are both cooperation; their scores differ.
   caveat  The scores are a panel's of 1992, one for each code, whatever the case.
   grain   dataset, dyad, domain, half_life_days, day
   inputs  indicators.deeds
   built   view
   columns  those of indicators.deeds, and
     intensity_variance  double  square of its standard error
     intensity           double  value, score points; NULL when too few or not read
     intensity_low       double  lower end of its 95 % band
     intensity_high      double  upper end
   source  G / (N + κ); band: v = (Σ c (g - i n)² + 100 κ) / (Σ c n² + κ), half-width z √(v / (E + κ)); G = Σ c w max(score, 0) - Σ c w max(-score, 0)
*/
with spreads as (
    select
        *,
        (decayed_positive - decayed_negative) / (decayed_n + kappa) as intensity_level,
        (decayed_g_g - 2e0 * intensity_level * decayed_g_n + intensity_level * intensity_level * decayed_n_n + 1e2 * kappa)
        / ((decayed_n_n + kappa) * (evidence + kappa)) as intensity_variance
    from indicators.deeds
)

select
    * exclude (intensity_level),
    case when state not in ('not read', 'too few') then intensity_level end as intensity,
    case when state not in ('not read', 'too few') then greatest(intensity_level - z * sqrt(intensity_variance), -1e1) end as intensity_low,
    case when state not in ('not read', 'too few') then least(intensity_level + z * sqrt(intensity_variance), 1e1) end as intensity_high
from spreads
