/* How widely an event was told: distinct articles and outlets of all its mentions, first and last time, confidence of the coder.

   An article that tells an event in two sentences is one article. Only events whose mentions were loaded have a row.

   grain   event_id
   inputs  core.memberships, raw.reports, raw.mentions
   by      dataset, day
   columns
     event_id            varchar    the event
     dataset             varchar    where it comes from
     day                 date       its day
     n_mentions          bigint     sentences that tell it
     n_articles          bigint     distinct articles
     n_outlets           bigint     distinct outlets
     first_mentioned_at  timestamp  when the first article was seen, UTC
     last_mentioned_at   timestamp  when the last one was seen, UTC
     confidence          integer    highest confidence of the coder in any mention, per cent
   source  raw.mentions
*/
select
    memberships.event_id,
    memberships.dataset,
    memberships.day,
    count(*) as n_mentions,
    count(distinct mentions.url) as n_articles,
    count(distinct mentions.outlet) as n_outlets,
    min(mentions.mentioned_at) as first_mentioned_at,
    max(mentions.mentioned_at) as last_mentioned_at,
    max(mentions.confidence) as confidence
from raw.mentions
inner join raw.reports on mentions.source_event_id = reports.source_event_id and reports.dataset = 'gdelt'
inner join core.memberships on reports.report_id = memberships.report_id
group by memberships.event_id, memberships.dataset, memberships.day
