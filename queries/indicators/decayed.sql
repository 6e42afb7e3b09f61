/* Decayed sums from which the balance is computed: an event has the weight 2^(-age / half-life).

   The sum over all past days of x * 2^(-(t - t0) / h) is a running sum of x * 2^(t0 / h), times 2^(-t / h). Alone that overflows
   after 1,023 half-lives, silently; so it runs in blocks of 400 half-lives and carries the total of the block before. What is older
   than two blocks has lost a factor of 2^400 at least and is left out. Squares fade twice as fast as sums.

   grain   dataset, dyad, domain, half_life_days, day
   inputs  indicators.days, indicators.requested, core.dyad_day
   built   view
   columns  those of indicators.days, and
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
        dyad_day.day,
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
    group by requested.series_no, dyad_day.day
),

placed as (
    select
        days.*,
        coalesce(sums.n_events, 0)::bigint as n_events,
        coalesce(sums.n_stories, 0)::bigint as n_stories,
        sums.s * days.growth as s,
        sums.n * days.growth as n,
        sums.s_s * days.growth * days.growth as s_s,
        sums.s_n * days.growth * days.growth as s_n,
        sums.n_n * days.growth * days.growth as n_n
    from indicators.days
    left join sums on days.series_no = sums.series_no and days.day = sums.day
),

block_totals as (
    select
        series_no,
        block + 1 as next_block,
        sum(s) * pow(2e0, -400) as total_s,
        sum(n) * pow(2e0, -400) as total_n,
        sum(s_s) * pow(2e0, -800) as total_s_s,
        sum(s_n) * pow(2e0, -800) as total_s_n,
        sum(n_n) * pow(2e0, -800) as total_n_n,
        sum(is_covered::integer * growth) * pow(2e0, -400) as total_read_days
    from placed
    group by series_no, block
)

select
    placed.* exclude (s, n, s_s, s_n, n_n),
    (coalesce(sum(placed.s) over past, 0e0) + coalesce(block_totals.total_s, 0e0)) / placed.growth as decayed_s,
    (coalesce(sum(placed.n) over past, 0e0) + coalesce(block_totals.total_n, 0e0)) / placed.growth as decayed_n,
    (coalesce(sum(placed.s_s) over past, 0e0) + coalesce(block_totals.total_s_s, 0e0)) / placed.growth / placed.growth as decayed_s_s,
    (coalesce(sum(placed.s_n) over past, 0e0) + coalesce(block_totals.total_s_n, 0e0)) / placed.growth / placed.growth as decayed_s_n,
    (coalesce(sum(placed.n_n) over past, 0e0) + coalesce(block_totals.total_n_n, 0e0)) / placed.growth / placed.growth as decayed_n_n,
    (coalesce(sum(placed.is_covered::integer * placed.growth) over past, 0e0) + coalesce(block_totals.total_read_days, 0e0)) / placed.growth as decayed_read_days
from placed
left join
    block_totals
    on
        placed.series_no = block_totals.series_no
        and placed.block = block_totals.next_block
window past as (
    partition by placed.series_no, placed.block
    order by placed.day_no
    rows unbounded preceding
)
