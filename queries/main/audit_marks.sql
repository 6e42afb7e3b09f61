/* Events that a person compared with their articles, with what was right about each.

   grain   audit, event_id
   inputs  raw.audit_marks
   built   view
   columns
     audit          varchar  name of the draw
     dataset        varchar  dataset that was drawn from
     dyad           varchar  pair that was drawn from, or all
     drawn_on       date     day of the draw
     population     bigint   events that could have been drawn
     event_id       varchar  the event
     event_day      date     its day when it was drawn; null where a spreadsheet rewrote it
     directed_dyad  varchar  actor>target, as coded
     code           varchar  its code
     kind           varchar  its kind
     domain         varchar  its subject
     actors_right   varchar  the article shows these two countries in these roles: yes, no, unclear; null where not marked
     kind_right     varchar  the article shows an event of this kind
     domain_right   varchar  the event is about this subject
     note           varchar  remark of the person
   source  raw.audit_marks
*/
select
    audit,
    dataset,
    dyad,
    drawn_on::date as drawn_on,
    population::bigint as population,
    event_id,
    try_cast(event_day as date) as event_day,
    directed_dyad,
    code,
    kind,
    domain,
    actors_right,
    kind_right,
    domain_right,
    note
from raw.audit_marks
