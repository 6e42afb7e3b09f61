/* Events that a person compared with their articles: the shipped marks and the files that `bilateral audit read` took.

   grain   none
   inputs
   columns
     audit          varchar  name of the draw
     dataset        varchar  dataset that was drawn from
     dyad           varchar  pair that was drawn from, or all
     drawn_on       varchar  day of the draw
     population     varchar  events that could have been drawn
     event_id       varchar  the event
     event_day      varchar  its day when it was drawn
     directed_dyad  varchar  actor>target
     code           varchar  its code
     kind           varchar  its kind
     domain         varchar  its subject
     actors_right   varchar  yes, no, unclear, or null where not marked
     kind_right     varchar  yes, no, unclear, or null where not marked
     domain_right   varchar  yes, no, unclear, or null where not marked
     note           varchar  remark of the person
   source  seeds/audit_marks.csv
*/
select
    audit,
    dataset,
    dyad,
    drawn_on,
    population,
    event_id,
    event_day,
    directed_dyad,
    code,
    kind,
    domain,
    actors_right,
    kind_right,
    domain_right,
    note
from
    read_csv(
        list_concat([getvariable('seeds') || '/audit_marks.csv'], coalesce(getvariable('audits'), []::varchar[])),
        header = true,
        all_varchar = true,
        union_by_name = true
    )
