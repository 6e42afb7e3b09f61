/* The ladder of de-duplication: to which event each report belongs at each level. A level merges what the level before it left.

   Curated rows are one act each and nothing merges them. Reports without an id of their own never collapse into one.
   An id that two curated datasets use names two acts: the chronology keeps it bare, the other gets its dataset's name before it.

   grain   report_id
   inputs  staging.reports, staging.datasets
   by      dataset, day
   columns
     report_id   varchar  hash of the row's content
     dataset     varchar  where it comes from
     day         date     day of the act as coded
     raw_id      varchar  level raw: nothing is merged
     exact_id    varchar  level exact: same id at the source; the newest coding speaks
     article_id  varchar  level article: same address, direction, code and day
     act_id      varchar  level act: same direction, code, day and domain, one a day
     joint_id    varchar  level joint: also the two mirrored halves of one meeting or agreement
   source  staging.reports
*/
with identified as (
    select
        reports.report_id,
        reports.dataset,
        reports.day,
        reports.added_at,
        reports.dyad,
        reports.directed_dyad,
        reports.code,
        reports.is_mutual,
        reports.domain,
        reports.url,
        datasets.is_curated,
        case
            when reports.source_event_id is null then reports.dataset || '-' || substr(reports.report_id, 1, 12)
            when
                datasets.is_curated
                and reports.dataset = max(reports.dataset) over (partition by datasets.is_curated, reports.source_event_id)
                then reports.source_event_id
            when datasets.is_curated then reports.dataset || '-' || reports.source_event_id
            else reports.dataset || '-' || reports.source_event_id || '-' || strftime(reports.day, '%Y%m%d')
        end as exact_id
    from staging.reports
    inner join staging.datasets on reports.dataset = datasets.dataset
),

codings as (
    select
        *,
        row_number() over (partition by dataset, exact_id order by added_at desc, report_id asc) as newest
    from identified
),

exact_events as (
    select
        *,
        case
            when is_curated or url is null then exact_id
            else min(exact_id) over (partition by dataset, url, directed_dyad, code, day)
        end as article_id
    from codings
    where newest = 1
),

article_order as (
    select
        *,
        row_number() over (partition by article_id order by added_at asc, url asc, exact_id asc) as place
    from exact_events
),

article_events as (
    select
        *,
        case
            when is_curated then article_id
            else
                dataset || '-' || strftime(day, '%Y%m%d') || '-' || replace(directed_dyad, '>', '-')
                || '-' || code || '-' || domain
        end as act_id
    from article_order
    where place = 1
),

act_order as (
    select
        *,
        row_number() over (partition by act_id order by added_at asc, url asc, article_id asc) as act_place
    from article_events
),

halves as (
    select
        act_id,
        dataset,
        day,
        dyad,
        directed_dyad,
        domain,
        url,
        row_number() over (partition by dataset, day, directed_dyad, domain, url order by code, act_id) as pairing
    from act_order
    where act_place = 1 and is_mutual and not is_curated and url is not null
),

pairs as (
    select
        one.act_id,
        least(one.act_id, other.act_id) as joint_id
    from halves as one
    inner join
        halves as other
        on
            one.dataset = other.dataset
            and one.day = other.day
            and one.dyad = other.dyad
            and one.domain = other.domain
            and one.url = other.url
            and one.pairing = other.pairing
            and one.directed_dyad <> other.directed_dyad
)

select
    codings.report_id,
    codings.dataset,
    codings.day,
    codings.dataset || '-' || codings.report_id as raw_id,
    codings.exact_id,
    exact_events.article_id,
    article_events.act_id,
    coalesce(pairs.joint_id, article_events.act_id) as joint_id
from codings
inner join exact_events on codings.dataset = exact_events.dataset and codings.exact_id = exact_events.exact_id
inner join article_events on exact_events.article_id = article_events.article_id
left join pairs on article_events.act_id = pairs.act_id
