/* Accepted source rows, as coded, with the event each belongs to.

   grain   report_id
   inputs  raw.reports, core.memberships, staging.reports, staging.outlets
   built   view
   columns
     report_id        varchar    hash of the row's content
     dataset          varchar    where the row comes from
     file_name        varchar    file of the row
     row_number       bigint     line of that file, the header is line 1
     source_event_id  varchar    id the source gives the event
     event_id         varchar    event it belongs to; NULL when its two countries are no configured pair
     event_day        date       day of the event as coded, local date
     added_at         timestamp  when the source published the row, or a curator entered it, UTC; the event day where neither is recorded
     source_country   varchar    actor, ISO 3166-1 alpha-3
     target_country   varchar    on whom, ISO 3166-1 alpha-3
     source_role      varchar    role of the actor
     target_role      varchar    role of the target
     source_name      varchar    person or body, free text
     target_name      varchar    person or body, free text
     code             varchar    CAMEO code as text
     source_kind      varchar    the source's own class of the act
     score_given      double     the source's own score
     domain_given     varchar    the source's own subject
     summary          varchar    one sentence
     summary_es       varchar    the same in Spanish, where the curator wrote one
     url              varchar    address of the article or page
     title            varchar    its title
     outlet           varchar    who published it
     published_on     date       day it was published
     n_mentions       bigint     mentions the source counts
     n_articles       bigint     articles the source counts
     tone             double     tone the source gives
     is_backdated     boolean    published a week or more after the act by a machine; NULL without a configured pair
     verified         varchar    how the row was checked
     story_id         varchar    the source's own id of the article or document, where it gives one
     language         varchar    main language of the outlet, ISO 639-1, where it is known
     is_translated    boolean    from a file of GDELT's translated stream
   source  raw.reports
*/
select
    reports.report_id,
    reports.dataset,
    reports.file_name,
    reports.row_number,
    reports.source_event_id,
    memberships.event_id,
    reports.event_day,
    reports.added_at,
    reports.source_country,
    reports.target_country,
    reports.source_role,
    reports.target_role,
    reports.source_name,
    reports.target_name,
    reports.code,
    reports.source_kind,
    reports.score_given,
    reports.domain_given,
    reports.summary,
    reports.summary_es,
    reports.url,
    reports.title,
    reports.outlet,
    reports.published_on,
    reports.n_mentions,
    reports.n_articles,
    reports.tone,
    paired.is_backdated,
    reports.verified,
    reports.story_id,
    outlets.language,
    contains(reports.file_name, '.translation.') as is_translated
from raw.reports
left join core.memberships on reports.report_id = memberships.report_id
left join staging.reports as paired on reports.report_id = paired.report_id
left join staging.outlets on lower(reports.outlet) = outlets.outlet
