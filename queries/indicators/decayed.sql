/* Decayed sums from which the balance is computed: an event has the weight 2^(-age / half-life).

   They are summed up on days with events alone; on a day between two of them the sums are those of the last one, faded since. Squares fade twice
   as fast as sums.

   The sum over all past days of x * 2^(-(t - t0) / h) is a running sum of x * 2^(t0 / h), times 2^(-t / h). Alone that overflows
   after 1,023 half-lives, silently; so it runs in blocks of 400 half-lives, and each event stands in its own block and in the next. What is
   older than two blocks has lost a factor of 2^400 at least and is left out.

   grain   dataset, dyad, domain, half_life_days, day
   inputs  indicators.days, indicators.requested, core.dyad_day
   built   view
   columns  those of indicators.days, and
     last_day           date    last day with events, this one or before; NULL before the first
     fade               double  what is left since then of a weight, 0..1
     n_events           bigint  events of the day
     n_stories          bigint  stories of the day
     decayed_s          double  decayed sum of weight times sign
     decayed_n          double  decayed sum of weight
     decayed_s_s        double  decayed sum of s squared, by happening
     decayed_s_n        double  decayed sum of s times n, by happening
     decayed_n_n        double  decayed sum of n squared, by happening
     decayed_read_days  double  decayed sum of days read since the first event
   source  core.dyad_day
*/
with sums as (
    select
        requested.series_no,
        requested.half_life_days,
        dyad_day.day,
        date_diff('day', date '1900-01-01', dyad_day.day) as day_no,
        sum(dyad_day.n_events)::bigint as n_events,
        sum(dyad_day.n_stories)::bigint as n_stories,
        sum(dyad_day.s) as s,
        sum(dyad_day.n) as n,
        sum(dyad_day.s_s * pow(2e0, -dyad_day.lag / requested.half_life_days::double)) as s_s,
        sum(dyad_day.s_n * pow(2e0, -dyad_day.lag / requested.half_life_days::double)) as s_n,
        sum(dyad_day.n_n * pow(2e0, -dyad_day.lag / requested.half_life_days::double)) as n_n
    from indicators.requested
    inner join
        core.dyad_day
        on requested.dataset = dyad_day.dataset and requested.dyad = dyad_day.dyad and requested.domain = dyad_day.domain
    group by requested.series_no, requested.half_life_days, dyad_day.day
),

blocks as (
    select 0 as later
    union all
    select 1 as later
),

placed as (
    select
        sums.*,
        sums.day_no // (400 * sums.half_life_days) + blocks.later as block,
        pow(2e0, (sums.day_no - 400 * sums.half_life_days * block) / sums.half_life_days::double) as growth
    from sums
    cross join blocks
),

summed as (
    select
        series_no,
        day,
        growth,
        n_events,
        n_stories,
        sum(s * growth) over past / growth as s,
        sum(n * growth) over past / growth as n,
        sum(s_s * growth * growth) over past / growth / growth as s_s,
        sum(s_n * growth * growth) over past / growth / growth as s_n,
        sum(n_n * growth * growth) over past / growth / growth as n_n
    from placed
    window past as (partition by series_no, block order by day rows unbounded preceding)
),

running as (
    select * exclude (growth)
    from summed
    where growth >= 1e0
),

reading as (
    select
        *,
        sum(is_covered::integer * growth) over past as read_days
    from indicators.days
    window past as (partition by series_no, block order by day_no rows unbounded preceding)
),

block_totals as (
    select
        series_no,
        block + 1 as next_block,
        max(read_days) * pow(2e0, -400) as read_days
    from reading
    group by series_no, block
),

dated as (
    select
        reading.* exclude (read_days),
        running.* exclude (series_no, day),
        running.day as last_day,
        coalesce(pow(2e0, -date_diff('day', running.day, reading.day) / reading.half_life_days::double), 0e0) as fade,
        (reading.read_days + coalesce(block_totals.read_days, 0e0)) / reading.growth as decayed_read_days
    from reading
    left join block_totals on reading.series_no = block_totals.series_no and reading.block = block_totals.next_block
    asof left join running on reading.series_no = running.series_no and reading.day >= running.day
)

select
    * exclude (n_events, n_stories, s, n, s_s, s_n, n_n, last_day, fade, decayed_read_days),
    last_day,
    fade,
    case when day = last_day then n_events else 0 end as n_events,
    case when day = last_day then n_stories else 0 end as n_stories,
    coalesce(s * fade, 0e0) as decayed_s,
    coalesce(n * fade, 0e0) as decayed_n,
    coalesce(s_s * fade * fade, 0e0) as decayed_s_s,
    coalesce(s_n * fade * fade, 0e0) as decayed_s_n,
    coalesce(n_n * fade * fade, 0e0) as decayed_n_n,
    decayed_read_days
from dated
