/* Cooperation against friction among all acts, recent ones counting most: the headline.

   title   Balance
   unit    points, -100 all friction .. +100 all cooperation
   better  higher
   why     It says in one number whether acts of cooperation or of friction prevail, and the band says how sure that is.
   caveat  One number hides direction, domain and words against deeds: read it with them. It is coded attention, not intention.
   grain   dataset, dyad, domain, half_life_days, day
   inputs  indicators.evidence
   built   passing
   columns  those of indicators.evidence, and
     balance_variance  double  square of its standard error, points squared
     balance           double  value, points; NULL when too few or not read
     balance_low       double  lower end of its 95 % band, points
     balance_high      double  upper end, points
   source  100 S / (N + κ); band: v = (Σ c (s - b n)² + κ) / (Σ c n² + κ), half-width 100 z √(v / (E + κ))
*/
with spreads as (
    select
        *,
        1e2 * decayed_s / (decayed_n + kappa) as balance_level,
        (1e4 * decayed_s_s - 2e2 * balance_level * decayed_s_n + balance_level * balance_level * decayed_n_n + 1e4 * kappa)
        / ((decayed_n_n + kappa) * (evidence + kappa)) as balance_variance
    from indicators.evidence
)

select
    * exclude (balance_level),
    case when state not in ('not read', 'too few') then balance_level end as balance,
    case when state not in ('not read', 'too few') then greatest(balance_level - z * sqrt(balance_variance), -1e2) end as balance_low,
    case when state not in ('not read', 'too few') then least(balance_level + z * sqrt(balance_variance), 1e2) end as balance_high
from spreads
