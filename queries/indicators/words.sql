/* Cooperation against friction among words alone: statements, talks, demands, threats.

   title   Words
   unit    points, -100 all friction .. +100 all cooperation
   better  higher
   why     Governments can speak kindly and act harshly; words and deeds are kept apart.
   caveat  Has its own evidence; a threat carried out counts as a deed only then.
   grain   dataset, dyad, domain, half_life_days, day
   inputs  indicators.parts
   built   view
   columns  those of indicators.parts, and
     words_evidence  double   stories in hand, words alone
     words_state     varchar  not read, too few, partial, preliminary, thin or ok, of words alone
     words_variance  double   square of its standard error, points squared
     words           double   value, points; NULL when too few or not read
     words_low       double   lower end of its 95 % band, points
     words_high      double   upper end, points
   source  100 S / (N + κ); band: v = (Σ c (s - b n)² + κ) / (Σ c n² + κ), half-width 100 z √(v / (E + κ)); verbal kinds alone
*/
with counted as (
    select
        *,
        coalesce(evidence_factor * decayed_words_n * decayed_words_n / nullif(decayed_words_n_n, 0e0), 0e0) as words_evidence
    from indicators.parts
),

judged as (
    select
        *,
        case
            when not is_read then 'not read'
            when words_evidence < few_below then 'too few'
            when kernel_read < kernel_below then 'partial'
            when is_preliminary then 'preliminary'
            when words_evidence < thin_below then 'thin'
            else 'ok'
        end as words_state
    from counted
),

spreads as (
    select
        *,
        1e2 * decayed_words_s / (decayed_words_n + kappa) as words_level,
        (1e4 * decayed_words_s_s - 2e2 * words_level * decayed_words_s_n + words_level * words_level * decayed_words_n_n + 1e4 * kappa)
        / ((decayed_words_n_n + kappa) * (words_evidence + kappa)) as words_variance
    from judged
)

select
    * exclude (words_level),
    case when words_state not in ('not read', 'too few') then words_level end as words,
    case when words_state not in ('not read', 'too few') then greatest(words_level - z * sqrt(words_variance), -1e2) end as words_low,
    case when words_state not in ('not read', 'too few') then least(words_level + z * sqrt(words_variance), 1e2) end as words_high
from spreads
