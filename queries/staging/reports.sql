/* Reports between two configured countries, with what the code says about them.

   grain   report_id
   inputs  raw.reports, staging.codes, staging.datasets, staging.domain_names, staging.dyad_keys, staging.method, staging.ruled_domains
   by      dataset, day
   columns
     report_id        varchar    hash of the row's content
     dataset          varchar    where it comes from
     source_event_id  varchar    id the source gives the event
     day              date       day of the act as coded
     added_at         timestamp  when the source published it, UTC
     dyad             varchar    the pair of countries
     directed_dyad    varchar    actor>target
     code             varchar    CAMEO code as text
     kind             varchar    verbal or material cooperation or friction
     is_mutual        boolean    both sides act
     domain           varchar    subject
     domain_rule      varchar    what decided the subject: the source, or the name of a rule of seeds/domain_rules.csv
     url              varchar    address of the article or page; else the source's own id of it
     n_articles       bigint     articles the source counts, at least 1
     outlet           varchar    who published it
     n_sources        bigint     outlets the source counts, at least 1
     is_backdated     boolean    machine-coded, published a week or more after the act: kept, not counted
   source  raw.reports
*/
select
    reports.report_id,
    reports.dataset,
    reports.source_event_id,
    reports.event_day as day,
    reports.added_at,
    dyad_keys.pair as dyad,
    dyad_keys.dyad as directed_dyad,
    reports.code,
    codes.kind,
    codes.is_mutual,
    coalesce(domain_names.domain, ruled_domains.domain, 'other') as domain,
    case
        when domain_names.domain is not null then 'given by the source'
        else coalesce(ruled_domains.domain_rule, 'no rule holds')
    end as domain_rule,
    coalesce(reports.url, reports.story_id) as url,
    least(greatest(coalesce(reports.n_articles, 1), 1), 1000000000) as n_articles,  -- what one row claims must not break a sum
    reports.outlet,
    least(greatest(coalesce(reports.n_sources, 1), 1), 1000000000) as n_sources,
    not datasets.is_curated
    and date_diff('day', reports.event_day, reports.added_at::date) >= method.backdated_days as is_backdated
from raw.reports
inner join staging.datasets on reports.dataset = datasets.dataset
inner join staging.codes on reports.code = codes.code
inner join
    staging.dyad_keys
    on reports.source_country = dyad_keys.source_country and reports.target_country = dyad_keys.target_country
left join staging.domain_names on reports.domain_given = domain_names.source_name
left join staging.ruled_domains on reports.report_id = ruled_domains.report_id
cross join staging.method
