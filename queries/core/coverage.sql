/* Which days were read. Silence is not calm: a day outside these rows is a gap, never a zero.

   A curated pair is covered from its first to its last event; days between mean "no notable act recorded".

   A day of a machine-coded dataset counts as read when 95 % of its files were: an export of GDELT 2.0 is one of 96, a daily file all; files of
   other sources hold whole days. A day whose files were all not to be had is not read.

   grain   dataset, dyad, day
   inputs  staging.reports, staging.datasets, raw.universe, raw.gaps
   columns
     dataset     varchar  where the reports come from
     dyad        varchar  the pair, or * for all pairs
     day         date     the day
     n_reports   bigint   reports read
     n_articles  bigint   articles read
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
    where datasets.is_curated
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
        dataset,
        dyad,
        day,
        count(*) as n_reports,
        sum(n_articles)::bigint as n_articles
    from staging.reports
    group by dataset, dyad, day
),

stamps as (
    select distinct
        dataset,
        added_day as day,
        file_name,
        case
            when dataset <> 'gdelt' then 96e0
            when regexp_matches(file_name, '^\d{14}\.') then 1e0
            when regexp_matches(file_name, '^\d{8}\.export') then 96e0
            else 0e0
        end as slots
    from raw.universe
),

slots as (
    select
        dataset,
        day,
        sum(slots) as n_slots
    from stamps
    group by dataset, day
),

articles as (
    select
        dataset,
        added_day as day,
        sum(n_rows)::bigint as n_reports,
        sum(n_articles)::bigint as n_articles
    from raw.universe
    group by dataset, added_day
),

lacking as (
    select distinct
        gaps.dataset,
        gaps.day
    from raw.gaps
    left join articles on gaps.dataset = articles.dataset and gaps.day = articles.day
    where articles.day is null
)

select
    articles.dataset,
    '*' as dyad,
    articles.day,
    articles.n_reports,
    articles.n_articles,
    case when slots.n_slots >= 0.95 * 96 then 'read' else 'partly read' end as state
from articles
inner join slots on articles.dataset = slots.dataset and articles.day = slots.day
inner join staging.datasets on articles.dataset = datasets.dataset
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
