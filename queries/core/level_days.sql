/* How many events each level of de-duplication leaves of the reports that the gate passes, by the first day of their reports.

   grain   dataset, day
   inputs  core.ladder, staging.reports
   by      dataset, day
   columns
     dataset    varchar  where the reports come from
     day        date     day of the acts
     n_counted  bigint   reports that are not back-dated
     n_raw      bigint   events at level raw
     n_exact    bigint   at level exact
     n_article  bigint   at level article
     n_act      bigint   at level act
     n_joint    bigint   at level joint
   source  core.ladder
*/
with steps as (
    select
        ladder.dataset,
        reports.is_backdated,
        ladder.day,
        min(ladder.day) over (partition by ladder.dataset, ladder.exact_id) as exact_day,
        ladder.raw_id,
        ladder.exact_id,
        ladder.article_id,
        ladder.act_id,
        ladder.joint_id
    from core.ladder
    inner join staging.reports on ladder.report_id = reports.report_id
    where ladder.is_refused is not true
)

select
    dataset,
    exact_day as day,
    count(*) filter (where not is_backdated) as n_counted,
    count(distinct raw_id) as n_raw,
    count(distinct exact_id) as n_exact,
    count(distinct article_id) as n_article,
    count(distinct act_id) as n_act,
    count(distinct joint_id) as n_joint
from steps
group by dataset, exact_day
