/* Policy measures between the two countries as stretches of one state, cut to a range. What was not in force before the range, and does
   not move in it, is left out.

   inputs  main.measures
   parameters  dyad, domain, from_day, to_day
   columns
     measure_id        varchar  stable name of the measure
     measure_name      varchar  short title
     domain            varchar  subject
     imposing_country  varchar  ISO 3166-1 alpha-3 of who imposes it
     step              integer  running number of its changes
     state             varchar  state of the stretch
     is_in_force       varchar  yes, partly or no
     rate_percent      double   rate that the state sets or names, per cent
     from_day          date     first day of the stretch inside the range
     to_day            date     last day of the stretch inside the range
     is_change         boolean  the state begins inside the range
     until             date     next date known then
     until_kind        varchar  what is scheduled for that date
     note              varchar  remark
     event_id          varchar  event that carries the change
   source  main.measures
*/
with stretches as (
    select
        *,
        coalesce(lead(state_day) over (partition by measure_id order by step), $to_day::date + 1)::date as next_day
    from main.measures
    where
        dyad = $dyad
        and ($domain = 'all' or domain = $domain)
        and state_day <= $to_day::date
)

select
    measure_id,
    measure_name,
    domain,
    imposing_country,
    step,
    state,
    is_in_force,
    rate_percent,
    greatest(state_day, $from_day::date) as from_day,
    greatest(state_day, next_day - 1)::date as to_day,
    state_day >= $from_day::date as is_change,
    until,
    until_kind,
    note,
    event_id
from stretches
where next_day > $from_day::date and (state_day >= $from_day::date or is_in_force <> 'no')
order by domain, min(state_day) over (partition by measure_id), measure_id, step
