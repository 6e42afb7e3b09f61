/* Every day from a pair's first event to its last covered day, with whether it was read.

   grain   dataset, dyad, day
   inputs  core.coverage, core.dyad_day, staging.datasets, staging.method
   columns
     dataset          varchar  where the events come from
     dyad             varchar  the pair
     day              date     the day
     day_no           bigint   0 on the pair's first day
     is_read          boolean  the day was read; false is a gap
     is_preliminary   boolean  one of the last two read days of a machine-coded dataset: it may still grow
     n_articles_read  bigint   articles that the dataset read that day, whatever the countries; 0 where that is not known
   source  core.coverage
*/
with firsts as (
    select
        dataset,
        dyad,
        min(day) as first_day
    from core.dyad_day
    where domain = 'all' and contains(dyad, '-')
    group by dataset, dyad
),

spans as (
    select
        firsts.dataset,
        firsts.dyad,
        firsts.first_day,
        max(coverage.day) as last_day
    from firsts
    inner join
        core.coverage
        on firsts.dataset = coverage.dataset and (firsts.dyad = coverage.dyad or coverage.dyad = '*')
    where coverage.state <> 'not read'
    group by firsts.dataset, firsts.dyad, firsts.first_day
),

instants as (
    select
        dataset,
        dyad,
        first_day,
        unnest(generate_series(first_day, last_day, interval 1 day)) as instant
    from spans
),

days as (
    select
        dataset,
        dyad,
        first_day,
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
    counted.is_read = 1 and counted.n_read_since <= method.preliminary_days and not datasets.is_curated as is_preliminary,
    counted.n_articles_read
from days
inner join
    counted
    on days.dataset = counted.dataset and days.dyad = counted.dyad and days.day = counted.day
inner join staging.datasets on days.dataset = datasets.dataset
cross join staging.method
order by days.dataset, days.dyad, days.day
