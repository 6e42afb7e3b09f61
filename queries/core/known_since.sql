/* Since when the acts of a day count as they count today: the day on which the last report or mention came that changes them.

   A report on time changes its day. A back-dated one counts nowhere, so it changes the day only where it joins others: the same id, whose
   newest coding speaks; the same page; or, where mentions tell how many articles it had, the same act. Reports of one id may name two
   pairs, when their source corrects itself; the newest changes the days of both.

   grain   dataset, dyad, day
   inputs  staging.reports, staging.datasets, raw.mentions
   by      dataset, day
   columns
     dataset      varchar  where the reports come from
     dyad         varchar  the pair
     day          date     day of the acts
     known_since  date     day, UTC, at whose end all was known that counts today; never too early, at times too late
   source  staging.reports, raw.mentions
*/
with mentioned as (
    select
        reports.report_id,
        max(mentions.mentioned_at) as last_mentioned_at
    from staging.reports
    inner join raw.mentions on reports.source_event_id = mentions.source_event_id and reports.dataset = 'gdelt'
    group by reports.report_id
),

told as (
    select
        reports.dataset,
        reports.dyad,
        reports.day,
        reports.directed_dyad,
        reports.code,
        reports.domain,
        reports.url,
        reports.source_event_id,
        case when not datasets.is_curated then reports.day end as day_of_id,
        reports.added_at,
        reports.is_backdated,
        mentioned.last_mentioned_at
    from staging.reports
    inner join staging.datasets on reports.dataset = datasets.dataset
    left join mentioned on reports.report_id = mentioned.report_id
),

ids as (
    select
        dataset,
        source_event_id,
        day_of_id,
        max(added_at) as changed_at
    from told
    where source_event_id is not null
    group by dataset, source_event_id, day_of_id
    having count(*) > 1
),

changes as (
    select
        dataset,
        dyad,
        day,
        greatest(max(case when not is_backdated then added_at end), max(last_mentioned_at)) as changed_at
    from told
    group by dataset, dyad, day
    union all
    select
        told.dataset,
        told.dyad,
        told.day,
        ids.changed_at
    from told
    inner join
        ids
        on
            told.dataset = ids.dataset
            and told.source_event_id = ids.source_event_id
            and told.day_of_id is not distinct from ids.day_of_id
    union all
    select
        dataset,
        dyad,
        day,
        max(added_at) as changed_at
    from told
    where url is not null
    group by dataset, dyad, day, url
    having count(*) > 1 and bool_or(is_backdated)
    union all
    select
        dataset,
        dyad,
        day,
        max(added_at) as changed_at
    from told
    group by dataset, dyad, day, directed_dyad, code, domain
    having count(*) > 1 and bool_or(is_backdated and last_mentioned_at is not null)
)

select
    dataset,
    dyad,
    day,
    max(changed_at)::date as known_since
from changes
group by dataset, dyad, day
having max(changed_at) is not null
