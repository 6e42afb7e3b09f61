/* Changes of state of policy measures: the shipped register and the files that `bilateral load measures` took.

   grain   none
   inputs
   columns
     file_name         varchar  file of the row
     measure_id        varchar  stable name of the measure
     measure_name      varchar  short title
     domain            varchar  subject
     instrument        varchar  kind of measure
     imposing_country  varchar  ISO 3166-1 alpha-3
     target_country    varchar  ISO 3166-1 alpha-3
     scope             varchar  bilateral or all-partners
     state             varchar  state from this day on
     state_date        varchar  day of the change
     is_in_force       varchar  in force after this change: yes, partly or no
     until             varchar  next date known on that day
     until_kind        varchar  what is scheduled for that date
     rate_percent      varchar  rate that this state sets or names, per cent
     legal_basis       varchar  act, order or case
     event_id          varchar  the chronology row that carries the change
     note              varchar  remark
     verified          varchar  how the row was checked
     source_title      varchar  page or document that shows the change, where no event carries it
     source_url        varchar  its address
     last_confirmed    varchar  newest day on which a source shows the state, if later than the change
     confirmed_by      varchar  what that source says
     confirmed_url     varchar  its address
     contested         varchar  who disputes the state, or what is unclear
   source  seeds/measures.csv
*/
select
    parse_filename(filename) as file_name,
    measure_id,
    measure_name,
    domain,
    instrument,
    imposing_country,
    target_country,
    scope,
    state,
    state_date,
    is_in_force,
    until,
    until_kind,
    rate_percent,
    legal_basis,
    event_id,
    note,
    verified,
    source_title,
    source_url,
    last_confirmed,
    confirmed_by,
    confirmed_url,
    contested
from
    read_csv(
        list_concat([getvariable('seeds') || '/measures.csv'], coalesce(getvariable('measures'), []::varchar[])),
        header = true,
        all_varchar = true,
        union_by_name = true,
        filename = true
    )
