/* The ladder of de-duplication: to which event each report belongs at each level. A level merges what the level before it left.

   Curated rows are one act each and nothing merges them. Reports without an id of their own never collapse into one.
   An id that two curated datasets use names two acts: the chronology keeps it bare, the other gets its dataset's name before it.
   Reports that the gate refuses are taken apart before anything is merged: they join among themselves alone, under ids that end in `-refused`.

   grain   report_id
   inputs  staging.reports, staging.datasets, staging.gate
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
     is_refused  boolean  by the gate, where the dataset has it on: kept, not counted
   source  staging.reports
*/
with gated as (
    select
        reports.*,
        datasets.is_curated,
        coalesce(datasets.gate = 'on' and not gate.passes, false) as is_refused
    from staging.reports
    inner join staging.datasets on reports.dataset = datasets.dataset
    left join staging.gate on reports.report_id = gate.report_id
),

identified as (
    select
        gated.report_id,
        gated.dataset,
        gated.day,
        gated.added_at,
        gated.dyad,
        gated.directed_dyad,
        gated.code,
        gated.is_mutual,
        gated.domain,
        gated.url,
        gated.is_curated,
        gated.is_refused,
        case
            when gated.source_event_id is null then gated.dataset || '-' || substr(gated.report_id, 1, 12)
            when
                gated.is_curated
                and gated.dataset = max(gated.dataset) over (partition by gated.is_curated, gated.source_event_id)
                then gated.source_event_id
            when gated.is_curated then gated.dataset || '-' || gated.source_event_id
            else gated.dataset || '-' || gated.source_event_id || '-' || strftime(gated.day, '%Y%m%d')
        end || case when gated.is_refused then '-refused' else '' end as exact_id
    from gated
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
            else min(exact_id) over (partition by dataset, url, directed_dyad, code, day, is_refused)
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
                || '-' || code || '-' || domain || case when is_refused then '-refused' else '' end
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
        is_refused,
        row_number() over (partition by dataset, day, directed_dyad, domain, url, is_refused order by code, act_id) as pairing
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
            and one.is_refused = other.is_refused
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
    coalesce(pairs.joint_id, article_events.act_id) as joint_id,
    codings.is_refused
from codings
inner join exact_events on codings.dataset = exact_events.dataset and codings.exact_id = exact_events.exact_id
inner join article_events on exact_events.article_id = article_events.article_id
left join pairs on article_events.act_id = pairs.act_id
