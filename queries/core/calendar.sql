/* Every day from a pair's first event, counted or refused by the gate, to the newest covered day of its dataset, with whether it was read.

   All pairs of a dataset end on one day, so that they can be compared on it. The record of a curated pair ends with its last act: the days
   after it are there, so that a value goes on, but nothing was read on them.

   grain   dataset, dyad, day
   inputs  core.coverage, core.density_breaks, core.dyad_day, core.gate_days, staging.datasets, staging.method
   columns
     dataset          varchar  where the events come from
     dyad             varchar  the pair
     day              date     the day
     day_no           bigint   0 on the pair's first day
     is_read          boolean  the day was read; false is a gap
     is_after_record  boolean  it lies after the last act of a curated pair
     is_after_break   boolean  it lies after a break in the density of a curated pair's list, see core.density_breaks
     is_preliminary   boolean  one of the last two read days of a machine-coded dataset: it may still grow
     n_articles_read  bigint   articles that the dataset read that day, whatever the countries; NULL where an extract does not tell
   source  core.coverage
*/
with firsts as (
    select
        dataset,
        dyad,
        min(day) as first_day
    from (
        select
            dataset,
            dyad,
            day
        from core.dyad_day
        where domain = 'all' and contains(dyad, '-')
        union all
        select
            dataset,
            dyad,
            day
        from core.gate_days
        where not passes and n_reports > n_backdated
    ) as told
    group by dataset, dyad
),

ends as (
    select
        dataset,
        dyad,
        max(day) as record_end
    from core.coverage
    where state <> 'not read'
    group by dataset, dyad
),

spans as (
    select
        firsts.dataset,
        firsts.dyad,
        firsts.first_day,
        max(ends.record_end) as last_day,
        max(ends.record_end) filter (where ends.dyad in (firsts.dyad, '*')) as record_end
    from firsts
    inner join ends on firsts.dataset = ends.dataset
    group by firsts.dataset, firsts.dyad, firsts.first_day
),

instants as (
    select
        dataset,
        dyad,
        first_day,
        record_end,
        unnest(generate_series(first_day, last_day, interval 1 day)) as instant
    from spans
),

days as (
    select
        dataset,
        dyad,
        first_day,
        record_end,
        instant::date as day
    from instants
),

read_days as (
    select
        days.dataset,
        days.dyad,
        days.day,
        max(case when coverage.state in ('curated', 'read') then 1 else 0 end) as is_read,
        sum(case when coverage.dyad = '*' then coverage.n_articles else 0 end)::bigint as n_articles_read
    from days
    left join
        core.coverage
        on
            days.dataset = coverage.dataset
            and days.day = coverage.day
            and (days.dyad = coverage.dyad or coverage.dyad = '*')
    group by days.dataset, days.dyad, days.day
),

counted as (
    select
        *,
        sum(is_read) over (
            partition by dataset, dyad
            order by day desc
            rows unbounded preceding
        ) as n_read_since
    from read_days
)

select
    days.dataset,
    days.dyad,
    days.day,
    date_diff('day', days.first_day, days.day) as day_no,
    counted.is_read = 1 as is_read,
    days.day > days.record_end and datasets.is_curated as is_after_record,
    coalesce(days.day >= density_breaks.day, false) as is_after_break,
    counted.is_read = 1 and counted.n_read_since <= method.preliminary_days and not datasets.is_curated as is_preliminary,
    counted.n_articles_read
from days
inner join
    counted
    on days.dataset = counted.dataset and days.dyad = counted.dyad and days.day = counted.day
inner join staging.datasets on days.dataset = datasets.dataset
left join core.density_breaks on days.dataset = density_breaks.dataset and days.dyad = density_breaks.dyad
cross join staging.method
order by days.dataset, days.dyad, days.day
