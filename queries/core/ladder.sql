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

curated_ids as (
    select
        source_event_id,
        max(dataset) as keeper
    from gated
    where is_curated
    group by source_event_id
),

identified as materialized (
    select
        gated.* exclude (source_event_id),
        case
            when gated.source_event_id is null then gated.dataset || '-' || substr(gated.report_id, 1, 12)
            when not gated.is_curated then gated.dataset || '-' || gated.source_event_id || '-' || strftime(gated.day, '%Y%m%d')
            when gated.dataset = curated_ids.keeper then gated.source_event_id
            else gated.dataset || '-' || gated.source_event_id
        end || case when gated.is_refused then '-refused' else '' end as exact_id
    from gated
    left join curated_ids on gated.source_event_id = curated_ids.source_event_id and gated.is_curated
),

repeated as (
    select
        dataset,
        exact_id
    from identified
    group by dataset, exact_id
    having count(*) > 1
),

older as (
    select identified.report_id
    from identified
    semi join repeated on identified.dataset = repeated.dataset and identified.exact_id = repeated.exact_id
    qualify row_number() over (partition by identified.dataset, identified.exact_id order by identified.added_at desc, identified.report_id asc) > 1
),

articles as materialized (
    select
        identified.dataset,
        identified.url,
        identified.dyad,
        identified.directed_dyad,
        identified.code,
        identified.is_mutual,
        identified.day,
        identified.is_curated,
        identified.is_refused,
        case when identified.is_curated or identified.url is null then identified.exact_id end as lone_id,
        list(identified.exact_id) as exact_ids,
        min(identified.exact_id) as article_id,
        min(identified.added_at) as added_at,
        arg_min(identified.domain, (identified.added_at, identified.exact_id)) as domain
    from identified
    anti join older on identified.report_id = older.report_id
    group by all
),

acts as materialized (
    select
        *,
        case
            when is_curated then article_id
            else
                dataset || '-' || strftime(day, '%Y%m%d') || '-' || replace(directed_dyad, '>', '-')
                || '-' || code || '-' || domain || case when is_refused then '-refused' else '' end
        end as act_id
    from articles
),

first_articles as (
    select *
    from acts
    where is_mutual and not is_curated
    qualify row_number() over (partition by act_id order by added_at asc, url asc, article_id asc) = 1
),

halves as (
    select
        *,
        row_number() over (partition by dataset, day, directed_dyad, domain, url, is_refused order by code, act_id) as pairing
    from first_articles
    where url is not null
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
),

placed as (
    select
        dataset,
        article_id,
        act_id,
        unnest(exact_ids) as exact_id
    from acts
)

select
    identified.report_id,
    identified.dataset,
    identified.day,
    identified.dataset || '-' || identified.report_id as raw_id,
    identified.exact_id,
    placed.article_id,
    placed.act_id,
    coalesce(pairs.joint_id, placed.act_id) as joint_id,
    identified.is_refused
from identified
inner join placed on identified.dataset = placed.dataset and identified.exact_id = placed.exact_id
left join pairs on placed.act_id = pairs.act_id
