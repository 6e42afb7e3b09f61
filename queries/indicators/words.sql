/* Cooperation against friction among statements only: declarations, talks, demands, threats.

   title   Statements
   unit    points, -100 all friction .. +100 all cooperation
   better  higher
   why     A government can speak kindly and act harshly, so statements and actions are kept apart.
   caveat  Has its own evidence. A threat counts as an action only once it is carried out.
   grain   dataset, dyad, domain, half_life_days, day
   inputs  indicators.parts
   built   view
   columns  those of indicators.parts, and
     words_evidence  double   effective sample of statements, in happenings
     words_state     varchar  not read, too few, partial, preliminary, thin or ok, of statements only
     words_variance  double   square of its standard error, points squared
     words           double   value, points; NULL when too few or not read
     words_low       double   lower end of its 95 % interval, points
     words_high      double   upper end, points
     words_verdict  varchar  the same verdict of statements
   source  100 S / (N + κ); half-width 100 z √(((E + 2 √E) Q + κ² m²) / (E + κ)² + (κ / (N + κ))⁴ / κ), m = S / N, Q the happenings' mean squared distance from m; verbal kinds alone
*/
with spreads as (
    select
        *,
        case when decayed_words_n > 1e-60 then round(decayed_words_n * decayed_words_n / decayed_words_n_n, 10) else 0e0 end as words_evidence,
        case
            when not is_read then 'not read'
            when words_evidence < few_below or decayed_words_n < weight_below then 'too few'
            when kernel_read < kernel_below then 'partial'
            when is_preliminary then 'preliminary'
            when words_evidence < thin_below or decayed_words_n < kappa then 'thin'
            else 'ok'
        end as words_state,
        1e2 * decayed_words_s / (decayed_words_n + kappa) as words_level,
        decayed_words_s / nullif(decayed_words_n, 0e0) as words_mean,
        (decayed_words_s_s - 2e0 * words_mean * decayed_words_s_n + words_mean * words_mean * decayed_words_n_n) / nullif(decayed_words_n_n, 0e0) as words_distance,
        1e4 * ((words_evidence + 2e0 * sqrt(words_evidence)) * words_distance + pow(kappa * words_mean, 2)) / pow(words_evidence + kappa, 2)
        + 1e4 * pow(kappa / (decayed_words_n + kappa), 4) / kappa as words_variance
    from indicators.parts
)

select
    * exclude (words_level, words_mean, words_distance),
    case when words_state not in ('not read', 'too few') then words_level end as words,
    case when words_state not in ('not read', 'too few') then greatest(words_level - z * sqrt(words_variance), -1e2) end as words_low,
    case when words_state not in ('not read', 'too few') then least(words_level + z * sqrt(words_variance), 1e2) end as words_high,
    case
        when words_state <> 'ok' then words_state
        when words_low <= 0 and words_high >= 0 then 'undecided'
        when words > 0 then 'cooperation'
        else 'friction'
    end as words_verdict
from spreads
