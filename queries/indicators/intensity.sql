/* Mean score of all events, with recent events weighted most.

   title   Intensity
   unit    score points, -10..+10
   better  higher
   why     A handshake and a treaty are both cooperation, but their scores differ.
   caveat  The scores come from an expert panel of 1992, with one score per code, whatever the case.
   grain   dataset, dyad, domain, half_life_days, day
   inputs  indicators.deeds
   built   view
   columns  those of indicators.deeds, and
     intensity_variance  double  square of its standard error
     intensity           double  value, score points; NULL when too few or not read
     intensity_low       double  lower end of its 95 % interval
     intensity_high      double  upper end
     intensity_verdict  varchar  the same verdict of intensity
   source  G / (N + κ); half-width z √(((E + 2 √E) Q + κ² m²) / (E + κ)² + 100 (κ / (N + κ))⁴ / κ), m = G / N, Q as in balance; G = Σ c w max(score, 0) - Σ c w max(-score, 0)
*/
with spreads as (
    select
        *,
        (decayed_positive - decayed_negative) / (decayed_n + kappa) as intensity_level,
        (decayed_positive - decayed_negative) / nullif(decayed_n, 0e0) as intensity_mean,
        (decayed_g_g - 2e0 * intensity_mean * decayed_g_n + intensity_mean * intensity_mean * decayed_n_n) / nullif(decayed_n_n, 0e0) as intensity_distance,
        ((evidence + 2e0 * sqrt(evidence)) * intensity_distance + pow(kappa * intensity_mean, 2)) / pow(evidence + kappa, 2)
        + 1e2 * pow(kappa / (decayed_n + kappa), 4) / kappa as intensity_variance
    from indicators.deeds
)

select
    * exclude (intensity_level, intensity_mean, intensity_distance),
    case when state not in ('not read', 'too few') then intensity_level end as intensity,
    case when state not in ('not read', 'too few') then greatest(intensity_level - z * sqrt(intensity_variance), -1e1) end as intensity_low,
    case when state not in ('not read', 'too few') then least(intensity_level + z * sqrt(intensity_variance), 1e1) end as intensity_high,
    case
        when state <> 'ok' then state
        when intensity_low <= 0 and intensity_high >= 0 then 'undecided'
        when intensity > 0 then 'cooperation'
        else 'friction'
    end as intensity_verdict
from spreads
