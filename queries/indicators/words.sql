/* Cooperation against friction among words alone: statements, talks, demands, threats.

   title   Words
   unit    points, -100 all friction .. +100 all cooperation
   better  higher
   why     Governments can speak kindly and act harshly; words and deeds are kept apart.
   caveat  Has its own evidence; a threat carried out counts as a deed only then.
   grain   dataset, dyad, domain, half_life_days, day
   inputs  indicators.decayed, indicators.evidence, staging.method
   built   passing
   columns
     dataset         varchar  where the events come from
     dyad            varchar  pair or direction
     domain          varchar  subject, or all
     half_life_days  integer  days after which an event counts half
     day             date     the day
     words           double   value, points; NULL when too few or not read
     words_low       double   lower end of its 95 % band, points
     words_high      double   upper end, points
   source  100 S / (N + κ); band: v = (Σ c (s - b n)² + κ) / (Σ c n² + κ), half-width 100 z √(v / (E + κ)); verbal kinds alone
*/
with shown as (
    select
        decayed.dataset,
        decayed.dyad,
        decayed.domain,
        decayed.half_life_days,
        decayed.day,
        decayed.words_n_n as n_n,
        decayed.words_s_n as s_n,
        decayed.words_s_s as s_s,
        evidence.words_evidence as stories,
        method.z,
        method.kappa,
        decayed.words_s / (decayed.words_n + method.kappa) as share
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
    where evidence.words_state not in ('not read', 'too few')
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
    100e0 * share as words,
    greatest(100e0 * (share - z * sqrt(variance / (stories + kappa))), -100e0) as words_low,
    least(100e0 * (share + z * sqrt(variance / (stories + kappa))), 100e0) as words_high
from spread
