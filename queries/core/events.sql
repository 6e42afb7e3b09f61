/* One row for each act, after de-duplication at the dataset's own level, with every report still attached in core.memberships.

   grain   event_id
   inputs  core.memberships, core.mentioned, raw.reports, staging.reports, staging.gate, staging.codes, staging.scores, staging.datasets, staging.method, staging.corrections
   by      dataset, event_day
   columns
     event_id            varchar    name of the act, also in its address /event/<id>
     dataset             varchar    where it comes from
     event_day           date       day of the act as coded, local date
     added_at            timestamp  when the first report of it was published, UTC
     dyad                varchar    the pair of countries
     directed_dyad       varchar    actor>target, as coded
     source_country      varchar    actor
     target_country      varchar    on whom
     source_role         varchar    kind of body that acts
     target_role         varchar    kind of body it acts towards
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
     gate                varchar    what the gate says of the report that speaks for it: passed, not judged, or why it does not count
     correction          varchar    what the user's corrections changed, with the reason
     summary             varchar    one sentence
     summary_es          varchar    the same in Spanish, where the curator wrote one
     source_title        varchar    title of the page
     url                 varchar    its address
     outlet              varchar    who published it
     verified            varchar    how the row was checked
   source  core.memberships
*/
with attached as (
    select
        memberships.event_id,
        memberships.act_id,
        reports.added_at,
        reports.url,
        reports.n_articles,
        reports.is_backdated,
        raw_reports.outlet,
        raw_reports.n_sources,
        min(reports.is_backdated::integer) over (partition by memberships.event_id) = 1 as is_wholly_backdated
    from core.memberships
    inner join staging.reports on memberships.report_id = reports.report_id
    inner join raw.reports as raw_reports on memberships.report_id = raw_reports.report_id
),

merged as (
    select
        attached.event_id,
        count(*) as n_reports,
        count(distinct attached.act_id) as n_halves,
        max(attached.act_id) as last_half,
        min(attached.added_at) as added_at,
        greatest(
            count(distinct case when attached.is_backdated = attached.is_wholly_backdated then attached.url end),
            max(case when attached.is_backdated = attached.is_wholly_backdated then attached.n_articles end),
            max(mentioned.n_articles)
        ) as n_articles,
        greatest(count(distinct attached.outlet), max(attached.n_sources), max(mentioned.n_outlets), 1) as n_outlets,
        min(mentioned.first_mentioned_at) as first_mentioned_at,
        max(mentioned.last_mentioned_at) as last_mentioned_at,
        max(mentioned.confidence) as confidence,
        min(attached.is_wholly_backdated::integer) = 1 as is_backdated
    from attached
    left join core.mentioned on attached.event_id = mentioned.event_id
    group by attached.event_id
),

told as (
    select
        merged.event_id,
        reports.dataset,
        reports.day as event_day,
        merged.added_at,
        reports.dyad,
        reports.directed_dyad,
        raw_reports.source_country,
        raw_reports.target_country,
        raw_reports.source_role,
        raw_reports.target_role,
        raw_reports.source_name,
        raw_reports.target_name,
        codes.code,
        codes.root,
        codes.kind,
        codes.sign,
        codes.is_mutual,
        coalesce(raw_reports.plover_type, codes.plover_type) as plover_type,
        coalesce(corrections.domain, reports.domain) as domain,
        case when corrections.domain is not null then 'correction' else reports.domain_rule end as domain_rule,
        scores.score_table,
        scores.score,
        case datasets.weighting
            when 'equal' then 1e0
            when 'articles' then least(merged.n_articles, merged.n_outlets)::double
            else least(1e0 + ln(least(merged.n_articles, merged.n_outlets)), 4e0)
        end as own_weight,
        merged.n_reports,
        merged.n_articles,
        merged.n_outlets,
        case
            when datasets.is_curated or reports.url is null then merged.event_id
            else reports.dyad || ' ' || strftime(reports.day, '%Y-%m-%d') || ' ' || reports.url
        end as story,
        case when merged.n_halves > 1 then merged.last_half end as joint_id,
        merged.n_halves > 1 as is_mirrored,
        merged.first_mentioned_at,
        merged.last_mentioned_at,
        merged.confidence,
        merged.is_backdated,
        coalesce(corrections.is_excluded, false) or coalesce(datasets.gate = 'on' and not gate.passes, false) as is_excluded,
        coalesce(gate.reason, 'not judged') as gate,
        corrections.correction,
        raw_reports.summary,
        raw_reports.summary_es,
        raw_reports.title as source_title,
        raw_reports.url,
        raw_reports.outlet,
        raw_reports.verified
    from merged
    inner join core.memberships on merged.event_id = memberships.event_id and memberships.place = 1
    inner join staging.reports on memberships.report_id = reports.report_id
    inner join raw.reports as raw_reports on memberships.report_id = raw_reports.report_id
    inner join staging.datasets on reports.dataset = datasets.dataset
    left join staging.gate on memberships.report_id = gate.report_id
    left join staging.corrections on merged.event_id = corrections.event_id
    inner join staging.codes on coalesce(corrections.code, reports.code) = codes.code
    inner join staging.scores on codes.code = scores.code and datasets.score_table = scores.score_table
),

weighed as (
    select
        told.*,
        told.own_weight * least(
            1e0,
            method.story_cap / nullif(
                sum(case when told.is_excluded or told.is_backdated then 0e0 else told.own_weight end)
                    over (partition by told.dataset, told.story),
                0e0
            )
        ) as weight
    from told
    cross join staging.method
)

select
    event_id,
    dataset,
    event_day,
    added_at,
    dyad,
    directed_dyad,
    source_country,
    target_country,
    source_role,
    target_role,
    source_name,
    target_name,
    code,
    root,
    kind,
    sign,
    is_mutual,
    plover_type,
    domain,
    domain_rule,
    score_table,
    score,
    weight,
    n_reports,
    n_articles,
    n_outlets,
    story,
    joint_id,
    is_mirrored,
    first_mentioned_at,
    last_mentioned_at,
    confidence,
    is_backdated,
    is_excluded,
    gate,
    correction,
    summary,
    summary_es,
    source_title,
    url,
    outlet,
    verified
from weighed
