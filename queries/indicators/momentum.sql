/* Whether the last four weeks were better than the four before.

   title   Momentum
   unit    points of balance, -200 .. +200
   better  higher
   why     A level says where things stand; this says which way they went, and whether chance could do that.
   caveat  Eight weeks of a curated list rarely hold evidence enough; a band that holds 0 shows no change.
   grain   series_no, day
   inputs  indicators.days, core.dyad_day
   built   passing
   columns
     series_no       bigint   which of indicators.requested
     day             date     the day
     momentum        double   balance of the last 28 days minus the 28 before, points; NULL with under one story in a window
     momentum_low    double   lower end of its 95 % band, points
     momentum_high   double   upper end, points
     momentum_state  varchar  not read, too few, partial, preliminary, thin or ok: of the weaker window
   source  plain windows; E = N² / Σ n² with factor 1; half-width 100 z √(v₁ / (E₁ + κ) + v₂ / (E₂ + κ))
*/
with windows as (
    select
        days.*,
        coalesce(sum(dyad_day.s) over four_weeks, 0e0) as s,
        coalesce(sum(dyad_day.n) over four_weeks, 0e0) as n,
        coalesce(sum(dyad_day.s_s) over four_weeks, 0e0) as s_s,
        coalesce(sum(dyad_day.s_n) over four_weeks, 0e0) as s_n,
        coalesce(sum(dyad_day.n_n) over four_weeks, 0e0) as n_n,
        sum(days.is_read::integer) over four_weeks as n_read
    from indicators.days
    left join
        core.dyad_day
        on
            days.dataset = dyad_day.dataset
            and days.dyad = dyad_day.dyad
            and days.domain = dyad_day.domain
            and days.day = dyad_day.day
    where days.is_asked
    window four_weeks as (
        partition by days.series_no
        order by days.day_no rows between 27 preceding and current row
    )
),

levels as (
    select
        *,
        coalesce(n * n / nullif(n_n, 0e0), 0e0) as evidence,
        1e2 * s / (n + kappa) as balance
    from windows
),

spreads as (
    select
        *,
        (1e4 * s_s - 2e2 * balance * s_n + balance * balance * n_n + 1e4 * kappa) / ((n_n + kappa) * (evidence + kappa)) as variance
    from levels
),

pairs as (
    select
        *,
        balance - lag(balance, 28) over past as change,
        z * sqrt(variance + lag(variance, 28) over past) as half_width,
        least(evidence, coalesce(lag(evidence, 28) over past, 0e0)) as lesser_evidence,
        least(n_read, lag(n_read, 28) over past) as lesser_read
    from spreads
    window past as (partition by series_no order by day_no)
),

judged as (
    select
        *,
        case
            when not is_read then 'not read'
            when lesser_evidence < few_below then 'too few'
            when lesser_read < 28 * kernel_below then 'partial'
            when is_preliminary then 'preliminary'
            when lesser_evidence < thin_below then 'thin'
            else 'ok'
        end as momentum_state
    from pairs
)

select
    series_no,
    day,
    case when momentum_state not in ('not read', 'too few') then change end as momentum,
    case when momentum_state not in ('not read', 'too few') then greatest(change - half_width, -2e2) end as momentum_low,
    case when momentum_state not in ('not read', 'too few') then least(change + half_width, 2e2) end as momentum_high,
    momentum_state
from judged
