/* Cooperation against friction among actions only: aid, extradition, tariffs, sanctions, force.

   title   Actions
   unit    points, -100 all friction .. +100 all cooperation
   better  higher
   why     Actions carry a different meaning from statements.
   caveat  There are fewer actions than statements, so the interval is wider.
   grain   dataset, dyad, domain, half_life_days, day
   inputs  indicators.words
   built   view
   columns  those of indicators.words, and
     deeds_evidence  double   effective sample of actions, in happenings
     deeds_state     varchar  not read, too few, partial, preliminary, thin or ok, of actions only
     deeds_variance  double   square of its standard error, points squared
     deeds           double   value, points; NULL when too few or not read
     deeds_low       double   lower end of its 95 % interval, points
     deeds_high      double   upper end, points
     deeds_verdict  varchar  the same verdict of actions
   source  100 S / (N + κ); half-width 100 z √(((E + 2 √E) Q + κ² m²) / (E + κ)² + (κ / (N + κ))⁴ / κ), m = S / N, Q the happenings' mean squared distance from m; material kinds alone
*/
with spreads as (
    select
        *,
        case when decayed_deeds_n > 1e-60 then round(decayed_deeds_n * decayed_deeds_n / decayed_deeds_n_n, 10) else 0e0 end as deeds_evidence,
        case
            when not is_read then 'not read'
            when deeds_evidence < few_below or decayed_deeds_n < weight_below then 'too few'
            when kernel_read < kernel_below then 'partial'
            when is_preliminary then 'preliminary'
            when deeds_evidence < thin_below or decayed_deeds_n < kappa then 'thin'
            else 'ok'
        end as deeds_state,
        1e2 * decayed_deeds_s / (decayed_deeds_n + kappa) as deeds_level,
        decayed_deeds_s / nullif(decayed_deeds_n, 0e0) as deeds_mean,
        (decayed_deeds_s_s - 2e0 * deeds_mean * decayed_deeds_s_n + deeds_mean * deeds_mean * decayed_deeds_n_n) / nullif(decayed_deeds_n_n, 0e0) as deeds_distance,
        1e4 * ((deeds_evidence + 2e0 * sqrt(deeds_evidence)) * deeds_distance + pow(kappa * deeds_mean, 2)) / pow(deeds_evidence + kappa, 2)
        + 1e4 * pow(kappa / (decayed_deeds_n + kappa), 4) / kappa as deeds_variance
    from indicators.words
)

select
    * exclude (deeds_level, deeds_mean, deeds_distance),
    case when deeds_state not in ('not read', 'too few') then deeds_level end as deeds,
    case when deeds_state not in ('not read', 'too few') then greatest(deeds_level - z * sqrt(deeds_variance), -1e2) end as deeds_low,
    case when deeds_state not in ('not read', 'too few') then least(deeds_level + z * sqrt(deeds_variance), 1e2) end as deeds_high,
    case
        when deeds_state <> 'ok' then deeds_state
        when deeds_low <= 0 and deeds_high >= 0 then 'undecided'
        when deeds > 0 then 'cooperation'
        else 'friction'
    end as deeds_verdict
from spreads
