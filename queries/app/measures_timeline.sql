/* Policy measures between the two countries that changed state in a range, as stretches of one state, cut to the range.

   inputs  main.measures, main.events
   parameters  dyad, domain, from_day, to_day
   columns
     measure_id        varchar  stable name of the measure
     measure_name      varchar  short title
     measure_name_es   varchar  the same in Spanish; NULL where it is not translated
     domain            varchar  subject
     imposing_country  varchar  ISO 3166-1 alpha-3 of who imposes it
     sign              integer  +1 a measure of cooperation, -1 one of friction: that of the event of its first change, else by its instrument
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
        measures.*,
        first_value(coalesce(events.sign, case when measures.instrument like '%agreement' then 1 else -1 end))
            over (partition by measures.measure_id order by measures.step) as sign,
        coalesce(lead(measures.state_day) over (partition by measures.measure_id order by measures.step), $to_day::date + 1)::date as next_day
    from main.measures
    left join main.events on measures.event_id = events.event_id
    where
        measures.dyad = $dyad
        and ($domain = 'all' or measures.domain = $domain)
        and measures.state_day <= $to_day::date
)

select
    measure_id,
    measure_name,
    measure_name_es,
    domain,
    imposing_country,
    sign,
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
where next_day > $from_day::date
qualify bool_or(state_day >= $from_day::date) over (partition by measure_id)
order by domain, min(state_day) over (partition by measure_id), measure_id, step
