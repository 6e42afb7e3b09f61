/* One row for each act, after de-duplication at the dataset's own level, with every report still attached in core.memberships.

   grain   event_id
   inputs  core.memberships, core.mentioned, raw.reports, staging.reports, staging.gate, staging.codes, staging.scores, staging.datasets, staging.method, staging.corrections
   by      dataset, event_day
   columns
     event_id            varchar    ID of the event, also in its address /event/<id>
     dataset             varchar    where it comes from
     event_day           date       day of the event as coded, local date
     added_at            timestamp  when the first report of it was published, UTC
     dyad                varchar    the pair of countries
     directed_dyad       varchar    actor>target, as coded
     source_country      varchar    actor
     target_country      varchar    on whom
     source_role         varchar    role of the actor
     target_role         varchar    role of the target
     source_name         varchar    person or body, free text
     target_name         varchar    person or body, free text
     code                varchar    CAMEO code as text
     root                varchar    its first two characters
     kind                varchar    verbal or material cooperation or friction
     sign                integer    1 for cooperation, -1 for friction
     is_mutual           boolean    both sides act, as in a meeting
     plover_type         varchar    PLOVER event type
     domain              varchar    subject
     domain_rule         varchar    what decided the subject
     score_table         varchar    table of the score
     score               double     weight of the code, -10 most friction .. 10 most cooperation
     weight              double     weight in the indicators, by the dataset's weighting: 1 (equal), min(1 + ln articles, 4) (log) or articles, of at most one article an outlet; a story never above 4
     n_reports           bigint     reports merged into it
     n_articles          bigint     articles: the largest of distinct addresses, of those in mentions, and of the counts a source gives; without back-dated reports
     n_outlets           bigint     outlets: the largest of distinct ones, of those in mentions, and of the counts a source gives
     story               varchar    the unit of independent evidence
     joint_id            varchar    id of the act's other half where two mirrored halves were united
     is_mirrored         boolean    united from two mirrored halves
     first_mentioned_at  timestamp  when the first article with it was seen, where mentions were loaded, UTC
     last_mentioned_at   timestamp  when the last one was seen, UTC
     confidence          integer    highest confidence of the coder in a mention, per cent
     is_backdated        boolean    published a week or more after the act by a machine: kept, not counted
     is_excluded         boolean    excluded by a correction of the user's or refused by the gate: kept, not counted
     gate                varchar    result of the filter for its main report: passed, not judged, or the reason why it does not count
     correction          varchar    what the user's corrections changed, with the reason
     summary             varchar    one sentence
     summary_es          varchar    the same in Spanish, where the curator wrote one
     source_title        varchar    title of the page
     url                 varchar    its address
     outlet              varchar    who published it
     verified            varchar    how the row was checked
   source  core.memberships
*/
with attached as materialized (
    select
        memberships.event_id,
        memberships.act_id,
        reports.added_at,
        reports.url,
        reports.n_articles,
        reports.outlet,
        reports.n_sources,
        reports.is_backdated
    from core.memberships
    inner join staging.reports on memberships.report_id = reports.report_id
),

grouped as materialized (
    select
        event_id,
        count(*) as n_reports,
        max(act_id) as last_half,
        min(added_at) as added_at,
        bool_and(is_backdated) as is_backdated,
        case when bool_and(is_backdated) then max(n_articles) else max(n_articles) filter (where not is_backdated) end as n_articles,
        max(n_sources) as n_outlets
    from attached
    group by event_id
),

several as (
    select
        attached.event_id,
        count(distinct attached.act_id) as n_halves,
        count(distinct attached.url) filter (where attached.is_backdated = grouped.is_backdated) as n_articles,
        count(distinct attached.outlet) as n_outlets
    from attached
    inner join grouped on attached.event_id = grouped.event_id
    where grouped.n_reports > 1
    group by attached.event_id
),

merged as (
    select
        grouped.event_id,
        grouped.n_reports,
        grouped.last_half,
        grouped.added_at,
        grouped.is_backdated,
        coalesce(several.n_halves, 1) > 1 as is_mirrored,
        greatest(grouped.n_articles, several.n_articles, mentioned.n_articles) as n_articles,
        greatest(grouped.n_outlets, several.n_outlets, mentioned.n_outlets, 1) as n_outlets,
        mentioned.first_mentioned_at,
        mentioned.last_mentioned_at,
        mentioned.confidence
    from grouped
    left join several on grouped.event_id = several.event_id
    left join core.mentioned on grouped.event_id = mentioned.event_id
),

weighed as materialized (
    select
        merged.*,
        memberships.report_id,
        reports.dataset,
        reports.day,
        reports.dyad,
        reports.directed_dyad,
        codes.code,
        codes.root,
        codes.kind,
        codes.sign,
        codes.is_mutual,
        codes.plover_type,
        coalesce(corrections.domain, reports.domain) as domain,
        case when corrections.domain is not null then 'correction' else reports.domain_rule end as domain_rule,
        scores.score_table,
        scores.score,
        case datasets.weighting
            when 'equal' then 1e0
            when 'articles' then least(merged.n_articles, merged.n_outlets)::double
            else least(1e0 + ln(least(merged.n_articles, merged.n_outlets)), 4e0)
        end as own_weight,
        case
            when datasets.is_curated or reports.url is null then merged.event_id
            else reports.dyad || ' ' || strftime(reports.day, '%Y-%m-%d') || ' ' || reports.url
        end as story,
        coalesce(corrections.is_excluded, false) or coalesce(datasets.gate = 'on' and not gate.passes, false) as is_excluded,
        coalesce(gate.reason, 'not judged') as gate,
        corrections.correction
    from merged
    inner join core.memberships on merged.event_id = memberships.event_id and memberships.place = 1
    inner join staging.reports on memberships.report_id = reports.report_id
    inner join staging.datasets on reports.dataset = datasets.dataset
    left join staging.gate on memberships.report_id = gate.report_id
    left join staging.corrections on merged.event_id = corrections.event_id
    inner join staging.codes on coalesce(corrections.code, reports.code) = codes.code
    inner join staging.scores on codes.code = scores.code and datasets.score_table = scores.score_table
),

stories as (
    select
        dataset,
        story,
        sum(case when is_excluded or is_backdated then 0e0 else own_weight end) as weight
    from weighed
    group by dataset, story
)

select
    weighed.event_id,
    weighed.dataset,
    weighed.day as event_day,
    weighed.added_at,
    weighed.dyad,
    weighed.directed_dyad,
    reports.source_country,
    reports.target_country,
    reports.source_role,
    reports.target_role,
    reports.source_name,
    reports.target_name,
    weighed.code,
    weighed.root,
    weighed.kind,
    weighed.sign,
    weighed.is_mutual,
    coalesce(reports.plover_type, weighed.plover_type) as plover_type,
    weighed.domain,
    weighed.domain_rule,
    weighed.score_table,
    weighed.score,
    weighed.own_weight * least(1e0, method.story_cap / nullif(stories.weight, 0e0)) as weight,
    weighed.n_reports,
    weighed.n_articles,
    weighed.n_outlets,
    weighed.story,
    case when weighed.is_mirrored then weighed.last_half end as joint_id,
    weighed.is_mirrored,
    weighed.first_mentioned_at,
    weighed.last_mentioned_at,
    weighed.confidence,
    weighed.is_backdated,
    weighed.is_excluded,
    weighed.gate,
    weighed.correction,
    reports.summary,
    reports.summary_es,
    reports.title as source_title,
    reports.url,
    reports.outlet,
    reports.verified
from weighed
inner join stories on weighed.dataset = stories.dataset and weighed.story = stories.story
inner join raw.reports on weighed.report_id = reports.report_id
cross join staging.method
