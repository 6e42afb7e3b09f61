/* Every act as each level of de-duplication would have it, with its weight in each way of weighing.

   grain   dataset, level, act_id
   inputs  core.ladder, staging.reports, staging.datasets, staging.method
   built   passing
   columns
     dataset          varchar  where it comes from
     level            varchar  raw, exact, article, act or joint
     act_id           varchar  name of the act at this level
     dyad             varchar  the pair
     directed_dyad    varchar  who acts > on whom, as coded
     month            date     first day of the month of the act
     code             varchar  CAMEO code
     is_mutual        boolean  the act has two doers
     equal_weight     double   1, a story never above 4
     log_weight       double   min(1 + ln articles, 4), a story never above 4
     articles_weight  double   articles, a story never above 4
   source  core.ladder; METHOD 3 and 4
*/
with codings as (
    select
        ladder.*,
        reports.dataset,
        reports.dyad,
        reports.directed_dyad,
        reports.day,
        reports.code,
        reports.is_mutual,
        reports.url,
        reports.added_at,
        reports.n_articles,
        reports.is_backdated,
        datasets.is_curated,
        row_number() over (
            partition by reports.dataset, ladder.exact_id
            order by reports.added_at desc, ladder.report_id asc
        ) = 1 as is_newest
    from core.ladder
    inner join staging.reports on ladder.report_id = reports.report_id
    inner join staging.datasets on reports.dataset = datasets.dataset
),

placed as (
    select
        codings.*,
        unnest(['raw', 'exact', 'article', 'act', 'joint']) as level,
        unnest([raw_id, exact_id, article_id, codings.act_id, joint_id]) as level_id
    from codings
),

merged as (
    select
        dataset,
        level,
        level_id,
        min_by(dyad, act_id) as dyad,
        min_by(directed_dyad, act_id) filter (where is_newest or level = 'raw') as directed_dyad,
        min_by(day, act_id) filter (where is_newest or level = 'raw') as day,
        min_by(code, act_id) filter (where is_newest or level = 'raw') as code,
        min_by(is_mutual, act_id) filter (where is_newest or level = 'raw') as is_mutual,
        case
            when is_curated then level_id
            else coalesce(min_by(url, (act_id, added_at, url)) filter (where is_newest or level = 'raw'), level_id)
        end as story_url,
        greatest(count(distinct url), max(n_articles), 1) as n_articles
    from placed
    group by dataset, is_curated, level, level_id
    having not min(is_backdated)
),

weighed as (
    select
        *,
        1e0 as equal_weight,
        least(1e0 + ln(n_articles), 4e0) as log_weight,
        n_articles::double as articles_weight
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
    weighed.equal_weight * least(1e0, method.story_cap / sum(weighed.equal_weight) over story) as equal_weight,
    weighed.log_weight * least(1e0, method.story_cap / sum(weighed.log_weight) over story) as log_weight,
    weighed.articles_weight * least(1e0, method.story_cap / sum(weighed.articles_weight) over story) as articles_weight
from weighed
cross join staging.method
window story as (partition by weighed.dataset, weighed.level, weighed.dyad, weighed.day, weighed.story_url)
