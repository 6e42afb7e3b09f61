/* Every act as each level of de-duplication would have it, with its weight in each way of weighing. Five times the reports, so never kept.

   Who speaks for an act is said as in core.memberships; here it is enough that the newest coding does, and of a joint act the half that names it,
   as all others of an act are alike in direction, code and day.

   grain   dataset, level, act_id
   inputs  core.ladder, staging.reports, staging.datasets, staging.method, core.settled
   when    core.settled
   built   view
   columns
     dataset          varchar  where it comes from
     level            varchar  raw, exact, article, act or joint
     act_id           varchar  name of the act at this level
     dyad             varchar  the pair
     directed_dyad    varchar  actor>target, as coded
     month            date     first day of the month of the act
     code             varchar  CAMEO code
     is_mutual        boolean  both sides act
     equal_weight     double   1, a story never above 4
     log_weight       double   min(1 + ln articles, 4) of at most one article an outlet, a story never above 4
     articles_weight  double   articles, at most one an outlet, a story never above 4
   source  core.ladder; METHOD 3 and 4
*/
with codings as (
    select
        ladder.raw_id,
        ladder.exact_id,
        ladder.article_id,
        ladder.act_id,
        ladder.joint_id,
        ladder.dataset,
        reports.dyad,
        reports.directed_dyad,
        ladder.day,
        reports.code,
        reports.is_mutual,
        reports.url,
        reports.added_at,
        reports.n_articles,
        reports.outlet,
        reports.n_sources,
        datasets.is_curated,
        row_number() over (
            partition by ladder.dataset, ladder.exact_id
            order by reports.added_at desc, ladder.report_id asc
        ) = 1 as is_newest
    from core.ladder
    inner join staging.reports on ladder.report_id = reports.report_id
    inner join staging.datasets on ladder.dataset = datasets.dataset
    inner join core.settled on ladder.dataset = settled.dataset and ladder.day <= settled.last_day
    where not reports.is_backdated and ladder.is_refused is not true
),

placed as (
    select
        'exact' as level,
        exact_id as level_id,
        is_newest as is_speaking,
        codings.*
    from codings
    union all
    select
        'article' as level,
        article_id as level_id,
        is_newest as is_speaking,
        codings.*
    from codings
    union all
    select
        'act' as level,
        act_id as level_id,
        is_newest as is_speaking,
        codings.*
    from codings
    union all
    select
        'joint' as level,
        joint_id as level_id,
        is_newest and act_id = joint_id as is_speaking,
        codings.*
    from codings
),

merged as (
    select
        dataset,
        level,
        level_id,
        is_curated,
        any_value(dyad) as dyad,
        any_value(directed_dyad) filter (where is_speaking) as directed_dyad,
        any_value(day) filter (where is_speaking) as day,
        any_value(code) filter (where is_speaking) as code,
        any_value(is_mutual) filter (where is_speaking) as is_mutual,
        case
            when level in ('exact', 'article') then any_value(url) filter (where is_speaking)
            else min_by(url, (added_at, url)) filter (where is_speaking)
        end as url,
        least(greatest(count(distinct url), max(n_articles)), greatest(count(distinct outlet), max(n_sources), 1)) as n_told
    from placed
    group by dataset, level, level_id, is_curated
    union all
    select
        dataset,
        'raw' as level,
        raw_id as level_id,
        is_curated,
        dyad,
        directed_dyad,
        day,
        code,
        is_mutual,
        url,
        least(n_articles, n_sources) as n_told
    from codings
),

weighed as (
    select
        *,
        hash(case when is_curated then level_id else coalesce(url, level_id) end) as story,
        least(1e0 + ln(n_told), 4e0) as log_weight,
        n_told::double as articles_weight
    from merged
)

select
    weighed.dataset,
    weighed.level,
    weighed.level_id as act_id,
    weighed.dyad,
    weighed.directed_dyad,
    date_trunc('month', weighed.day)::date as month,
    weighed.code,
    weighed.is_mutual,
    least(1e0, method.story_cap / count(*) over told) as equal_weight,
    weighed.log_weight * least(1e0, method.story_cap / sum(weighed.log_weight) over told) as log_weight,
    weighed.articles_weight * least(1e0, method.story_cap / sum(weighed.articles_weight) over told) as articles_weight
from weighed
cross join staging.method
window told as (partition by weighed.dataset, weighed.level, weighed.dyad, weighed.day, weighed.story)
