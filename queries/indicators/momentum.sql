/* Were the last four weeks better than the four before?

   title   Momentum
   unit    points of balance, -200 .. +200
   better  higher
   why     A level shows where a relation stands; momentum shows which way it moved, and whether chance explains the move.
   caveat  Eight weeks of a curated list rarely hold enough evidence. An interval that includes 0 shows no change.
   grain   series_no, day
   inputs  indicators.days, core.dyad_day
   built   passing
   columns
     series_no       bigint   which of indicators.requested
     day             date     the day
     momentum        double   balance of the last 28 days minus the 28 before, points; NULL with fewer than two happenings in a window
     momentum_low    double   lower end of its 95 % interval, points
     momentum_high   double   upper end, points
     momentum_state  varchar  not read, too few, partial, preliminary, thin or ok: of the weaker window
   source  windows without decay, each with the evidence and variance of the balance of its events; half-width z √(variance + variance)
*/
with placed as (
    select
        days.series_no,
        days.day_no,
        dyad_day.lag,
        dyad_day.s,
        dyad_day.n,
        dyad_day.s_s,
        dyad_day.s_n,
        dyad_day.n_n
    from indicators.days
    inner join
        core.dyad_day
        on
            days.dataset = dyad_day.dataset
            and days.dyad = dyad_day.dyad
            and days.domain = dyad_day.domain
            and days.day = dyad_day.day
    where days.is_asked and dyad_day.lag < 28
),

steps as (
    select
        *,
        day_no as on_day_no
    from placed
    union all
    select
        series_no,
        day_no,
        lag,
        -s as s,
        -n as n,
        -s_s as s_s,
        -s_n as s_n,
        -n_n as n_n,
        day_no + 28 - lag as on_day_no
    from placed
),

step_days as (
    select
        series_no,
        on_day_no,
        sum(s) as s,
        sum(n) as n,
        sum(s_s) as s_s,
        sum(s_n) as s_n,
        sum(n_n) as n_n
    from steps
    group by series_no, on_day_no
),

windows as (
    select
        days.*,
        round(coalesce(sum(step_days.s) over past, 0e0), 8) as s,
        round(coalesce(sum(step_days.n) over past, 0e0), 8) as n,
        round(coalesce(sum(step_days.s_s) over past, 0e0), 8) as s_s,
        round(coalesce(sum(step_days.s_n) over past, 0e0), 8) as s_n,
        round(coalesce(sum(step_days.n_n) over past, 0e0), 8) as n_n,
        sum(days.is_covered::integer) over (
            partition by days.series_no
            order by days.day_no
            rows between 27 preceding and current row
        ) as n_read
    from indicators.days
    left join step_days on days.series_no = step_days.series_no and days.day_no = step_days.on_day_no
    where days.is_asked
    window past as (partition by days.series_no order by days.day_no rows unbounded preceding)
),

levels as (
    select
        *,
        case when n > 0e0 then round(n * n / n_n, 10) else 0e0 end as evidence,
        1e2 * s / (n + kappa) as balance,
        s / nullif(n, 0e0) as mean,
        (s_s - 2e0 * mean * s_n + mean * mean * n_n) / nullif(n_n, 0e0) as distance
    from windows
),

spreads as (
    select
        *,
        1e4 * ((evidence + 2e0 * sqrt(evidence)) * distance + pow(kappa * mean, 2)) / pow(evidence + kappa, 2)
        + 1e4 * pow(kappa / (n + kappa), 4) / kappa as variance
    from levels
),

pairs as (
    select
        *,
        balance - lag(balance, 28) over past as change,
        z * sqrt(variance + lag(variance, 28) over past) as half_width,
        least(evidence, coalesce(lag(evidence, 28) over past, 0e0)) as lesser_evidence,
        least(n, coalesce(lag(n, 28) over past, 0e0)) as lesser_weight,
        least(n_read, lag(n_read, 28) over past) as lesser_read
    from spreads
    window past as (partition by series_no order by day_no)
),

judged as (
    select
        *,
        case
            when not is_read then 'not read'
            when lesser_evidence < few_below or lesser_weight < weight_below then 'too few'
            when lesser_read < 28 * kernel_below then 'partial'
            when is_preliminary then 'preliminary'
            when lesser_evidence < thin_below or lesser_weight < kappa then 'thin'
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
