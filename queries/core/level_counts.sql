/* How many events each level of de-duplication leaves, and how many it merged away.

   grain   dataset, level
   inputs  core.ladder, staging.reports
   columns
     dataset    varchar  where the reports come from
     level      varchar  raw, exact, article, act or joint
     position   integer  place on the ladder
     n_events   bigint   events left at this level
     n_merged   bigint   events of the level before that it merged away
   source  core.ladder
*/
with counts as (
    select
        reports.dataset,
        count(distinct ladder.raw_id) as n_raw,
        count(distinct ladder.exact_id) as n_exact,
        count(distinct ladder.article_id) as n_article,
        count(distinct ladder.act_id) as n_act,
        count(distinct ladder.joint_id) as n_joint
    from core.ladder
    inner join staging.reports on ladder.report_id = reports.report_id
    group by reports.dataset
)

select
    dataset,
    'raw' as level,
    1 as position,
    n_raw as n_events,
    0::bigint as n_merged
from counts
union all
select
    dataset,
    'exact' as level,
    2 as position,
    n_exact as n_events,
    n_raw - n_exact as n_merged
from counts
union all
select
    dataset,
    'article' as level,
    3 as position,
    n_article as n_events,
    n_exact - n_article as n_merged
from counts
union all
select
    dataset,
    'act' as level,
    4 as position,
    n_act as n_events,
    n_article - n_act as n_merged
from counts
union all
select
    dataset,
    'joint' as level,
    5 as position,
    n_joint as n_events,
    n_act - n_joint as n_merged
from counts
