/* The gate of machine-coded rows: why a report does not count, or that it passed. What does not pass is kept and can be shown.

   The first reason that holds. A check whose field is not known says nothing. Measured on rows judged by hand, see docs/sources.md.

   grain   report_id
   inputs  raw.reports, raw.datasets, raw.mentions, raw.outlets, raw.gate_hosts, staging.codes, staging.scores, staging.country_names, staging.gate_actors, staging.gate_addresses
   by      dataset, day
   columns
     report_id  varchar  hash of the row's content
     dataset    varchar  where it comes from
     day        date     day of the act as coded
     passes     boolean  it counts
     reason     varchar  passed, not judged (there is nothing to judge by), or why it does not count
   source  raw.reports
*/
with hosts as (
    select
        host,
        kind
    from raw.gate_hosts
    union
    select
        outlet as host,
        kind
    from raw.outlets
    where kind in ('satire', 'forum', 'press-release', 'reference')
),

outlets as (
    select distinct reports.outlet
    from raw.reports
    inner join raw.datasets on reports.dataset = datasets.dataset
    where datasets.gate = 'on'
),

no_reports as (
    select
        outlets.outlet,
        any_value(hosts.kind) as kind
    from outlets
    inner join hosts on outlets.outlet = hosts.host or ends_with(outlets.outlet, '.' || hosts.host)
    group by outlets.outlet
),

mentioned as (
    select
        reports.report_id,
        max(mentions.confidence) as confidence,
        bool_or(mentions.is_in_raw_text) as is_in_raw_text
    from raw.mentions
    inner join raw.reports on mentions.source_event_id = reports.source_event_id and reports.dataset = 'gdelt'
    group by reports.report_id
),

facts as (
    select
        reports.report_id,
        reports.dataset,
        reports.event_day as day,
        reports.code,
        left(reports.code, 2) as root,
        codes.kind,
        coalesce(reports.base_code <> left(reports.code, 3), false)
        or coalesce(reports.root_code <> left(reports.code, 2), false)
        or coalesce(reports.source_kind <> case
            when left(reports.code, 2) <= '05' then '1'
            when left(reports.code, 2) <= '09' then '2'
            when left(reports.code, 2) <= '14' then '3'
            else '4'
        end, false)
        or coalesce(abs(reports.score_given - scores.score) > 0.051e0, false) as is_contradicted,
        sources.what as source_is,
        targets.what as target_is,
        no_reports.kind as host_kind,
        action_places.country not in (reports.source_country, reports.target_country) as is_elsewhere,
        mentioned.confidence,
        mentioned.is_in_raw_text,
        addresses.n_words,
        addresses.topics,
        addresses.acts,
        addresses.has_others,
        list_contains(
            addresses.objects,
            least(reports.source_country, reports.target_country) || ' ' || greatest(reports.source_country, reports.target_country)
        ) as are_objects,
        case sources.what
            when 'region' then list_contains(addresses.regions, sources.slug)
            else list_contains(addresses.countries, reports.source_country)
        end as is_source_named,
        case targets.what
            when 'region' then list_contains(addresses.regions, targets.slug)
            else list_contains(addresses.countries, reports.target_country)
        end as is_target_named
    from raw.reports
    inner join raw.datasets on reports.dataset = datasets.dataset and datasets.gate = 'on'
    inner join
        staging.gate_actors as sources
        on
            reports.dataset = sources.dataset
            and reports.event_day = sources.day
            and reports.source_country = sources.country
            and coalesce(reports.source_name, '') = sources.name
            and coalesce(reports.source_role, '') = sources.role
            and coalesce(reports.source_place, '') = sources.place
    inner join
        staging.gate_actors as targets
        on
            reports.dataset = targets.dataset
            and reports.event_day = targets.day
            and reports.target_country = targets.country
            and coalesce(reports.target_name, '') = targets.name
            and coalesce(reports.target_role, '') = targets.role
            and coalesce(reports.target_place, '') = targets.place
    left join
        staging.gate_addresses as addresses
        on reports.dataset = addresses.dataset and reports.event_day = addresses.day and reports.url = addresses.url
    inner join staging.codes on reports.code = codes.code
    left join staging.scores on reports.code = scores.code and scores.score_table = 'goldstein-gdelt'
    left join no_reports on reports.outlet = no_reports.outlet
    left join mentioned on reports.report_id = mentioned.report_id
    left join
        staging.country_names as action_places
        on action_places.scheme = 'fips' and split_part(reports.action_place, '|', 2) = action_places.name
),

judged as (
    select
        report_id,
        dataset,
        day,
        case
            when is_contradicted then 'code'
            when source_is = 'unknown' and target_is = 'unknown' then 'not judged'
            when source_is not in ('state', 'unknown', 'region') then source_is
            when target_is not in ('state', 'unknown', 'region') then target_is
            when 'region' in (source_is, target_is) and root not in ('03', '04', '05', '06') then 'no state'
            when host_kind is not null then host_kind
            when len(topics) > 0 then topics[1]
            when is_elsewhere and (root not in ('03', '04', '05') or code in ('042', '043')) then 'elsewhere'
            when n_words is null or n_words < 4 and not (is_source_named and is_target_named) then 'no words'
            when
                not (is_source_named and is_target_named)
                and not (root = '04' and has_others and (is_source_named or is_target_named))
                then case when 'region' in (source_is, target_is) then 'no state' else 'not named' end
            when are_objects or (root in ('11', '18', '19', '20') and list_contains(acts, 'violence of others')) then 'third party'
            when
                not case
                    when code in ('016', '017', '018') then list_contains(acts, kind)
                    when root = '01' then list_contains(acts, 'statement')
                    when code in ('174', '1741', '1742', '1743') then list_has_any(acts, [kind, 'migration'])
                    when root = '02' then list_has_any(acts, ['statement', 'verbal cooperation', 'verbal friction'])
                    else list_contains(acts, kind)
                end
                then 'other act'
            when confidence <= 20 and not is_in_raw_text then 'unsure'
            else 'passed'
        end as reason
    from facts
)

select
    report_id,
    dataset,
    day,
    reason in ('passed', 'not judged') as passes,
    reason
from judged
