/* How many events each level of de-duplication leaves of the reports that the gate passes, and how many it merged away.

   grain   dataset, level
   inputs  core.level_days
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
        dataset,
        sum(n_raw)::bigint as n_raw,
        sum(n_exact)::bigint as n_exact,
        sum(n_article)::bigint as n_article,
        sum(n_act)::bigint as n_act,
        sum(n_joint)::bigint as n_joint
    from core.level_days
    group by dataset
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
