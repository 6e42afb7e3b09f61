/* Cooperation against friction among deeds alone: aid, extradition, tariffs, sanctions, force.

   title   Deeds
   unit    points, -100 all friction .. +100 all cooperation
   better  higher
   why     What was done weighs differently from what was said.
   caveat  Deeds are fewer than words, so the band is wider.
   grain   dataset, dyad, domain, half_life_days, day
   inputs  indicators.decayed, indicators.evidence, staging.method
   built   passing
   columns
     dataset         varchar  where the events come from
     dyad            varchar  pair or direction
     domain          varchar  subject, or all
     half_life_days  integer  days after which an event counts half
     day             date     the day
     deeds           double   value, points; NULL when too few or not read
     deeds_low       double   lower end of its 95 % band, points
     deeds_high      double   upper end, points
   source  100 S / (N + κ); band: v = (Σ c (s - b n)² + κ) / (Σ c n² + κ), half-width 100 z √(v / (E + κ)); material kinds alone
*/
with shown as (
    select
        decayed.dataset,
        decayed.dyad,
        decayed.domain,
        decayed.half_life_days,
        decayed.day,
        decayed.deeds_n_n as n_n,
        decayed.deeds_s_n as s_n,
        decayed.deeds_s_s as s_s,
        evidence.deeds_evidence as stories,
        method.z,
        method.kappa,
        decayed.deeds_s / (decayed.deeds_n + method.kappa) as share
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
    where evidence.deeds_state not in ('not read', 'too few')
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
    100e0 * share as deeds,
    greatest(100e0 * (share - z * sqrt(variance / (stories + kappa))), -100e0) as deeds_low,
    least(100e0 * (share + z * sqrt(variance / (stories + kappa))), 100e0) as deeds_high
from spread
