/* Every day of a range: whether it was read, how many acts it has, and their weight of cooperation less that of friction.

   inputs  main.dyad_day, main.indicator_day
   parameters  dataset, dyad, domain, from_day, to_day
   columns
     day       date     the day
     is_read   boolean  coverage was read; else the day is a gap
     n_events  bigint   events; 0 on a read day without any
     net       double   weight of cooperation less weight of friction; NULL without events
   source  main.dyad_day
*/
with days as (
    select unnest(generate_series($from_day::date, $to_day::date, interval 1 day))::date as day
),

read_days as (
    select day
    from main.indicator_day
    where dataset = $dataset and dyad = $dyad and domain = 'all' and is_covered
),

acts as (
    select
        day,
        sum(n_events)::bigint as n_events,
        sum(verbal_cooperation + material_cooperation - verbal_friction - material_friction) as net
    from main.dyad_day
    where dataset = $dataset and dyad = $dyad and domain = $domain
    group by day
)

select
    days.day,
    read_days.day is not null as is_read,
    coalesce(acts.n_events, 0)::bigint as n_events,
    acts.net
from days
left join read_days on days.day = read_days.day
left join acts on days.day = acts.day
order by days.day
