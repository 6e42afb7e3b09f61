/* Which days were read. Silence is not calm: a day outside these rows is a gap, never a zero.

   A curated pair is covered from its first to its last event, tomorrow at most; days between mean "no notable act recorded".

   A day of a machine-coded dataset whose files were all not to be had is not read.

   grain   dataset, dyad, day
   inputs  staging.reports, staging.datasets, raw.gaps, core.read_days
   columns
     dataset     varchar  where the reports come from
     dyad        varchar  the pair, or * for all pairs
     day         date     the day
     n_reports   bigint   reports read; NULL where only an extract covers the day, which does not know
     n_articles  bigint   articles read; NULL likewise
     state       varchar  curated, read, partly read, or not read
   source  staging.reports
*/
with spans as (
    select
        reports.dataset,
        reports.dyad,
        min(reports.day) as first_day,
        max(reports.day) as last_day
    from staging.reports
    inner join staging.datasets on reports.dataset = datasets.dataset
    where datasets.is_curated and reports.day <= (now() at time zone 'UTC')::date + 1
    group by reports.dataset, reports.dyad
),

instants as (
    select
        dataset,
        dyad,
        unnest(generate_series(first_day, last_day, interval 1 day)) as instant
    from spans
),

days as (
    select
        dataset,
        dyad,
        instant::date as day
    from instants
),

counts as (
    select
        reports.dataset,
        reports.dyad,
        reports.day,
        count(*) as n_reports,
        sum(reports.n_articles)::bigint as n_articles
    from staging.reports
    inner join staging.datasets on reports.dataset = datasets.dataset
    where datasets.is_curated and reports.day <= (now() at time zone 'UTC')::date + 1
    group by reports.dataset, reports.dyad, reports.day
),

lacking as (
    select distinct
        gaps.dataset,
        gaps.day
    from raw.gaps
    left join core.read_days on gaps.dataset = read_days.dataset and gaps.day = read_days.day
    where read_days.day is null
)

select
    dataset,
    '*' as dyad,
    day,
    n_reports,
    n_articles,
    state
from core.read_days
union all
select
    dataset,
    '*' as dyad,
    day,
    0::bigint as n_reports,
    0::bigint as n_articles,
    'not read' as state
from lacking
union all
select
    days.dataset,
    days.dyad,
    days.day,
    coalesce(counts.n_reports, 0)::bigint as n_reports,
    coalesce(counts.n_articles, 0)::bigint as n_articles,
    'curated' as state
from days
left join counts on days.dataset = counts.dataset and days.dyad = counts.dyad and days.day = counts.day
