/* Measures to mark on the chart: in each eighth of the range the change of state that matters most. Coming into force, going out of it
   and changing reach come before words; a measure aimed at this country before one for all; a higher rate before a lower.

   inputs  main.measures
   parameters  dyad, domain, from_day, to_day
   columns
     number            bigint   number among the marks, by day
     measure_id        varchar  stable name of the measure
     measure_name      varchar  short title
     measure_name_es   varchar  the same in Spanish; NULL where it is not translated
     imposing_country  varchar  ISO 3166-1 alpha-3 of who imposes it
     state             varchar  state from this day on
     state_day         date     day of the change
     before            varchar  in force before: yes, partly or no
     is_in_force       varchar  in force after it: yes, partly or no
     rate_percent      double   rate that the state sets or names, per cent
     event_id          varchar  event that carries the change
     note              varchar  remark
   source  main.measures
*/
with followed as (
    select
        *,
        coalesce(lag(is_in_force) over (partition by measure_id order by step), 'no') as before
    from main.measures
    where dyad = $dyad and ($domain = 'all' or domain = $domain)
),

placed as (
    select
        *,
        floor(
            date_diff('day', $from_day::date, state_day) * 8e0 / (date_diff('day', $from_day::date, $to_day::date) + 1)
        ) as eighth
    from followed
    where state_day between $from_day::date and $to_day::date
),

ranked as (
    select
        *,
        row_number() over (
            partition by eighth
            order by
                is_in_force <> before desc,
                state in ('in_force', 'raised', 'reduced') desc,
                scope = 'bilateral' desc,
                rate_percent desc nulls last,
                state_day asc,
                measure_id asc,
                step desc
        ) as strength
    from placed
)

select
    row_number() over (order by state_day, measure_id) as number,
    measure_id,
    measure_name,
    measure_name_es,
    imposing_country,
    state,
    state_day,
    before,
    is_in_force,
    rate_percent,
    event_id,
    note
from ranked
where strength = 1
order by number
