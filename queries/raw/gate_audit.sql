/* Rows of GDELT judged by hand, from address, actors and code, not from the text of the page: what the gate is measured on.

   grain   event_id
   inputs
   columns
     event_id        varchar  GLOBALEVENTID
     sample          varchar  what it was drawn from: rows of configured pairs, of any two countries, or of two that the address names
     half            varchar  tuned: the rules were made on it; held: they were tried on it afterwards. All rows of an address are in one half
     event_day       varchar  day of the act as coded
     added_at        varchar  day on which the row was published
     source_country  varchar  actor, ISO 3166-1 alpha-3
     target_country  varchar  on whom
     source_role     varchar  role of the actor
     target_role     varchar  role of the target
     source_name     varchar  name of the actor
     target_name     varchar  name of the other
     code            varchar  CAMEO code
     base_code       varchar  its base as the row has it
     root_code       varchar  its root as the row has it
     source_kind     varchar  the row's quad class
     score_given     varchar  the row's Goldstein score
     is_root         varchar  1 where the act stands in the first sentences
     n_sources       varchar  outlets
     n_articles      varchar  articles
     source_place    varchar  place of the actor, see raw.reports
     target_place    varchar  place of the other
     action_place    varchar  place of the act
     url             varchar  address of the page
     judged          varchar  right, plausible or wrong
     reason          varchar  why, in words; empty for the first judge
     judge           varchar  first or second
     judged_on       varchar  day of judging; empty where it is not known
   source  seeds/gate_audit.csv
*/
select
    event_id,
    sample,  -- noqa: RF04
    half,
    event_day,
    added_at,
    source_country,
    target_country,
    source_role,
    target_role,
    source_name,
    target_name,
    code,
    base_code,
    root_code,
    source_kind,
    score_given,
    is_root,
    n_sources,
    n_articles,
    source_place,
    target_place,
    action_place,
    url,
    judged,
    reason,
    judge,
    judged_on
from read_csv(getvariable('seeds') || '/gate_audit.csv', header = true, all_varchar = true)
