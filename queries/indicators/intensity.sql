/* Mean score of all acts, recent ones counting most.

   title   Intensity
   unit    score points, -10..+10
   better  higher
   why     A handshake and a treaty are both cooperation; their scores differ.
   caveat  The scores are a panel's of 1992, one for each code, whatever the case.
   grain   dataset, dyad, domain, half_life_days, day
   inputs  indicators.decayed, indicators.evidence, staging.method
   built   passing
   columns
     dataset         varchar  where the events come from
     dyad            varchar  pair or direction
     domain          varchar  subject, or all
     half_life_days  integer  days after which an event counts half
     day             date     the day
     intensity       double   value, score points; NULL when too few or not read
     intensity_low   double   lower end of its 95 % band
     intensity_high  double   upper end
   source  G / (N + κ); band: v = (Σ c (g - i n)² + 100 κ) / (Σ c n² + κ), half-width z √(v / (E + κ))
*/
with shown as (
    select
        decayed.dataset,
        decayed.dyad,
        decayed.domain,
        decayed.half_life_days,
        decayed.day,
        decayed.n_n,
        decayed.g_n,
        decayed.g_g,
        evidence.evidence as stories,
        method.z,
        method.kappa,
        decayed.g / (decayed.n + method.kappa) as mean
    from indicators.decayed
    inner join
        indicators.evidence
        on
            decayed.dataset = evidence.dataset
            and decayed.dyad = evidence.dyad
            and decayed.domain = evidence.domain
            and decayed.half_life_days = evidence.half_life_days
            and decayed.day = evidence.day
    cross join staging.method
    where evidence.state not in ('not read', 'too few')
),

spread as (
    select
        *,
        (g_g - 2e0 * mean * g_n + mean * mean * n_n + 100e0 * kappa) / (n_n + kappa) as variance
    from shown
)

select
    dataset,
    dyad,
    domain,
    half_life_days,
    day,
    mean as intensity,
    greatest(mean - z * sqrt(variance / (stories + kappa)), -10e0) as intensity_low,
    least(mean + z * sqrt(variance / (stories + kappa)), 10e0) as intensity_high
from spread
