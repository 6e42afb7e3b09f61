/* Cooperation against friction among all acts, recent ones counting most: the headline.

   title   Balance
   unit    points, -100 all friction .. +100 all cooperation
   better  higher
   why     It says in one number whether acts of cooperation or of friction prevail, and the band says how sure that is.
   caveat  One number hides direction, domain and words against deeds: read it with them. It is coded attention, not intention.
   grain   dataset, dyad, domain, half_life_days, day
   inputs  indicators.decayed, indicators.evidence, staging.method
   built   passing
   columns
     dataset         varchar  where the events come from
     dyad            varchar  pair or direction
     domain          varchar  subject, or all
     half_life_days  integer  days after which an event counts half
     day             date     the day
     balance         double   value, points; NULL when too few or not read
     balance_low     double   lower end of its 95 % band, points
     balance_high    double   upper end, points
   source  100 S / (N + κ); band: v = (Σ c (s - b n)² + κ) / (Σ c n² + κ), half-width 100 z √(v / (E + κ))
*/
with shown as (
    select
        decayed.dataset,
        decayed.dyad,
        decayed.domain,
        decayed.half_life_days,
        decayed.day,
        decayed.n_n,
        decayed.s_n,
        decayed.s_s,
        evidence.evidence as stories,
        method.z,
        method.kappa,
        decayed.s / (decayed.n + method.kappa) as share
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
        (s_s - 2e0 * share * s_n + share * share * n_n + kappa) / (n_n + kappa) as variance
    from shown
)

select
    dataset,
    dyad,
    domain,
    half_life_days,
    day,
    100e0 * share as balance,
    greatest(100e0 * (share - z * sqrt(variance / (stories + kappa))), -100e0) as balance_low,
    least(100e0 * (share + z * sqrt(variance / (stories + kappa))), 100e0) as balance_high
from spread
