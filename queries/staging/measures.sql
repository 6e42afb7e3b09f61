/* Policy measures followed through their states.

   grain   measure_id, step
   inputs  raw.measures
   columns
     measure_id         varchar  stable name of the measure
     step               integer  running number of its changes
     measure_name       varchar  short title
     domain             varchar  subject
     instrument         varchar  kind of measure
     imposing_country   varchar  ISO 3166-1 alpha-3 of who imposes it
     target_country     varchar  ISO 3166-1 alpha-3 of whom it meets
     dyad               varchar  the pair of the two
     scope              varchar  bilateral, or all-partners where it meets many countries
     state              varchar  state from this day on
     state_day          date     day of the change
     is_in_force        varchar  in force after this change: yes, partly (a part is exempt, put off or ended) or no
     until              date     next date that was known on that day; null where none was
     until_kind         varchar  what is set for it: start, rise, end, pause_ends, exemption_ends, review or due
     rate_percent       double   rate that this state sets or names, per cent
     legal_basis        varchar  act, order or case
     event_id           varchar  event that carries the change
     note               varchar  remark
     verified           varchar  how the row was checked
   source  seeds/measures.csv
*/
with numbered as (
    select
        *,
        row_number() over () as line
    from raw.measures
)

select
    measure_id,
    row_number() over (partition by measure_id order by line)::integer as step,
    measure_name,
    replace(domain, '/', '-') as domain,
    instrument,
    imposing_country,
    target_country,
    least(imposing_country, target_country) || '-' || greatest(imposing_country, target_country) as dyad,
    scope,
    state,
    state_date::date as state_day,
    is_in_force,
    until::date as until,
    until_kind,
    rate_percent::double as rate_percent,
    legal_basis,
    event_id,
    note,
    verified
from numbered
