/* One row for each act, after de-duplication at the dataset's own level, with every report still attached in core.memberships.

   grain   event_id
   inputs  core.events
   built   view
   columns  those of core.events
   source_country      varchar    who acts
     target_country      varchar    on whom
     source_role         varchar    kind of body that acts
     target_role         varchar    kind of body it acts towards
     source_name         varchar    person or body, free text
     target_name         varchar    person or body, free text
     code                varchar    CAMEO code as text
     root                varchar    its first two characters
     kind                varchar    verbal or material cooperation or friction
     sign                integer    1 for cooperation, -1 for friction
     is_mutual           boolean    the act has two doers and counts in both directions
     plover_type         varchar    PLOVER event type
     domain              varchar    subject
     domain_rule         varchar    what decided the subject
     score_table         varchar    table of the score
     score               double     weight of the code, -10 most friction .. 10 most cooperation
     weight              double     weight in the indicators: min(1 + ln articles, 4), a story never above 4
     n_reports           bigint     reports merged into it
     n_articles          bigint     articles: the largest of distinct addresses, of those in mentions, and of the counts a source gives
     n_outlets           bigint     distinct outlets
     story               varchar    the unit of independent evidence
     joint_id            varchar    id of the act's other half where two mirrored halves were united
     is_mirrored         boolean    united from two mirrored halves
     first_mentioned_at  timestamp  when the first article with it was seen, where mentions were loaded, UTC
     last_mentioned_at   timestamp  when the last one was seen, UTC
     confidence          integer    highest confidence of the coder in a mention, per cent
     is_backdated        boolean    published a week or more after the act by a machine: kept, not counted
     summary             varchar    one sentence
     source_title        varchar    title of the page
     url                 varchar    its address
     outlet              varchar    who published it
     verified            varchar    how the row was checked
   source  core.events
*/
select *
from core.events
