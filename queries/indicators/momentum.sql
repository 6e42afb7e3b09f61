/* Whether the last four weeks were better than the four before.

   title   Momentum
   unit    points of balance, -200 .. +200
   better  higher
   why     A level says where things stand; this says which way they went, and whether chance could do that.
   caveat  Eight weeks of a curated list rarely hold evidence enough; a band that holds 0 shows no change.
   grain   dataset, dyad, domain, half_life_days, day
   inputs  indicators.days, staging.method
   built   passing
   columns
     dataset         varchar  where the events come from
     dyad            varchar  pair or direction
     domain          varchar  subject, or all
     half_life_days  integer  as asked; the two windows do not decay
     day             date     the day
     momentum        double   balance of the last 28 days minus the 28 before, points; NULL with under one story in a window
     momentum_low    double   lower end of its 95 % band, points
     momentum_high   double   upper end, points
     momentum_state  varchar  not read, too few, partial, thin or ok: of the weaker window
   source  plain windows; E = N² / Σ n² with factor 1; half-width 100 z √(v₁ / (E₁ + κ) + v₂ / (E₂ + κ))
*/
with windows as (
    select
        dataset,
        dyad,
        domain,
        half_life_days,
        day,
        is_read,
        sum(s) over late as late_s,
        sum(n) over late as late_n,
        sum(s_s) over late as late_s_s,
        sum(s_n) over late as late_s_n,
        sum(n_n) over late as late_n_n,
        sum(is_read::integer) over late as late_read,
        sum(s) over early as early_s,
        sum(n) over early as early_n,
        sum(s_s) over early as early_s_s,
        sum(s_n) over early as early_s_n,
        sum(n_n) over early as early_n_n,
        sum(is_read::integer) over early as early_read
    from indicators.days
    window
        late as (
            partition by dataset, dyad, domain, half_life_days
            order by day_no rows between 27 preceding and current row
        ),
        early as (
            partition by dataset, dyad, domain, half_life_days
            order by day_no rows between 55 preceding and 28 preceding
        )
),

levels as (
    select
        windows.*,
        method.z,
        method.kappa,
        method.few_below,
        method.thin_below,
        method.kernel_below,
        late_s / (late_n + method.kappa) as late_share,
        early_s / (early_n + method.kappa) as early_share,
        coalesce(late_n * late_n / nullif(late_n_n, 0e0), 0e0) as late_evidence,
        coalesce(early_n * early_n / nullif(early_n_n, 0e0), 0e0) as early_evidence
    from windows
    cross join staging.method
),

errors as (
    select
        *,
        (late_s_s - 2e0 * late_share * late_s_n + late_share * late_share * late_n_n + kappa)
        / ((late_n_n + kappa) * (late_evidence + kappa)) as late_variance,
        (early_s_s - 2e0 * early_share * early_s_n + early_share * early_share * early_n_n + kappa)
        / ((early_n_n + kappa) * (early_evidence + kappa)) as early_variance,
        case
            when not is_read then 'not read'
            when least(late_evidence, early_evidence) < few_below then 'too few'
            when least(late_read, early_read) < 28 * kernel_below then 'partial'
            when least(late_evidence, early_evidence) < thin_below then 'thin'
            else 'ok'
        end as momentum_state
    from levels
),

bands as (
    select
        *,
        100e0 * (late_share - early_share) as change,
        100e0 * z * sqrt(late_variance + early_variance) as half_width
    from errors
)

select
    dataset,
    dyad,
    domain,
    half_life_days,
    day,
    case when momentum_state not in ('not read', 'too few') then change end as momentum,
    case when momentum_state not in ('not read', 'too few') then greatest(change - half_width, -200e0) end as momentum_low,
    case when momentum_state not in ('not read', 'too few') then least(change + half_width, 200e0) end as momentum_high,
    momentum_state
from bands
