/* Cooperation against friction among deeds alone: aid, extradition, tariffs, sanctions, force.

   title   Deeds
   unit    points, -100 all friction .. +100 all cooperation
   better  higher
   why     What was done weighs differently from what was said.
   caveat  Deeds are fewer than words, so the band is wider.
   grain   dataset, dyad, domain, half_life_days, day
   inputs  indicators.words
   built   view
   columns  those of indicators.words, and
     deeds_evidence  double   stories in hand, deeds alone
     deeds_state     varchar  not read, too few, partial, preliminary, thin or ok, of deeds alone
     deeds_variance  double   square of its standard error, points squared
     deeds           double   value, points; NULL when too few or not read
     deeds_low       double   lower end of its 95 % band, points
     deeds_high      double   upper end, points
   source  100 S / (N + κ); band: v = (Σ c (s - b n)² + κ) / (Σ c n² + κ), half-width 100 z √(v / (E + κ)); material kinds alone
*/
with counted as (
    select
        *,
        coalesce(evidence_factor * decayed_deeds_n * decayed_deeds_n / nullif(decayed_deeds_n_n, 0e0), 0e0) as deeds_evidence
    from indicators.words
),

judged as (
    select
        *,
        case
            when not is_read then 'not read'
            when deeds_evidence < few_below then 'too few'
            when kernel_read < kernel_below then 'partial'
            when is_preliminary then 'preliminary'
            when deeds_evidence < thin_below then 'thin'
            else 'ok'
        end as deeds_state
    from counted
),

spreads as (
    select
        *,
        1e2 * decayed_deeds_s / (decayed_deeds_n + kappa) as deeds_level,
        (1e4 * decayed_deeds_s_s - 2e2 * deeds_level * decayed_deeds_s_n + deeds_level * deeds_level * decayed_deeds_n_n + 1e4 * kappa)
        / ((decayed_deeds_n_n + kappa) * (deeds_evidence + kappa)) as deeds_variance
    from judged
)

select
    * exclude (deeds_level),
    case when deeds_state not in ('not read', 'too few') then deeds_level end as deeds,
    case when deeds_state not in ('not read', 'too few') then greatest(deeds_level - z * sqrt(deeds_variance), -1e2) end as deeds_low,
    case when deeds_state not in ('not read', 'too few') then least(deeds_level + z * sqrt(deeds_variance), 1e2) end as deeds_high
from spreads
