/* Cooperation against friction among all events, with recent events weighted most: the main indicator.

   title   Balance
   unit    points, -100 all friction .. +100 all cooperation
   better  higher
   why     It shows in one number whether cooperation or friction prevails; the interval shows how certain that is.
   caveat  One number hides direction, subject, and the difference between statements and actions. Read it with them. It reflects reported events, not intentions.
   grain   dataset, dyad, domain, half_life_days, day
   inputs  indicators.evidence
   built   passing
   columns  those of indicators.evidence, and
     balance_variance  double  square of its standard error, points squared
     balance           double  value, points; NULL when too few or not read
     balance_low       double  lower end of its 95 % interval, points
     balance_high      double  upper end, points
     balance_verdict  varchar  what may be said of it: its state where that is not ok; else undecided, too close to call, where the band holds 0; else cooperation or friction
   source  100 S / (N + κ); half-width 100 z √(((E + 2 √E) Q + κ² m²) / (E + κ)² + (κ / (N + κ))⁴ / κ), m = S / N, Q the happenings' mean squared distance from m
*/
with spreads as (
    select
        *,
        1e2 * decayed_s / (decayed_n + kappa) as balance_level,
        decayed_s / nullif(decayed_n, 0e0) as balance_mean,
        (decayed_s_s - 2e0 * balance_mean * decayed_s_n + balance_mean * balance_mean * decayed_n_n) / nullif(decayed_n_n, 0e0) as balance_distance,
        1e4 * ((evidence + 2e0 * sqrt(evidence)) * balance_distance + pow(kappa * balance_mean, 2)) / pow(evidence + kappa, 2)
        + 1e4 * pow(kappa / (decayed_n + kappa), 4) / kappa as balance_variance
    from indicators.evidence
)

select
    * exclude (balance_level, balance_mean, balance_distance),
    case when state not in ('not read', 'too few') then balance_level end as balance,
    case when state not in ('not read', 'too few') then greatest(balance_level - z * sqrt(balance_variance), -1e2) end as balance_low,
    case when state not in ('not read', 'too few') then least(balance_level + z * sqrt(balance_variance), 1e2) end as balance_high,
    case
        when state <> 'ok' then state
        when balance_low <= 0 and balance_high >= 0 then 'undecided'
        when balance > 0 then 'cooperation'
        else 'friction'
    end as balance_verdict
from spreads
