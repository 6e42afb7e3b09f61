/* Which reports make which event, at the dataset's own level of de-duplication.

   grain   report_id
   inputs  core.ladder, staging.reports, staging.datasets
   by      dataset, day
   columns
     report_id  varchar  hash of the row's content
     dataset    varchar  where it comes from
     day        date     day of the act as coded
     event_id   varchar  the event it belongs to
     act_id     varchar  the half of a joint act it belongs to, else the event
     place      bigint   1 for the report that speaks for the event: newest coding of its earliest article
   source  core.ladder
*/
with chosen as materialized (
    select
        ladder.report_id,
        reports.dataset,
        reports.day,
        case datasets.level
            when 'raw' then ladder.raw_id
            when 'exact' then ladder.exact_id
            when 'article' then ladder.article_id
            when 'act' then ladder.act_id
            else ladder.joint_id
        end as event_id,
        ladder.act_id,
        ladder.exact_id,
        reports.added_at,
        reports.url
    from core.ladder
    inner join staging.reports on ladder.report_id = reports.report_id
    inner join staging.datasets on reports.dataset = datasets.dataset
),

several as (
    select event_id
    from chosen
    group by event_id
    having count(*) > 1
),

codings as (
    select
        chosen.*,
        row_number() over (partition by chosen.exact_id order by chosen.added_at desc, chosen.report_id asc) as age
    from chosen
    semi join several on chosen.event_id = several.event_id
),

places as (
    select
        report_id,
        row_number() over (
            partition by event_id
            order by case when age = 1 then 0 else 1 end, act_id, added_at, url, report_id
        ) as place
    from codings
)

select
    chosen.report_id,
    chosen.dataset,
    chosen.day,
    chosen.event_id,
    chosen.act_id,
    coalesce(places.place, 1) as place
from chosen
left join places on chosen.report_id = places.report_id
