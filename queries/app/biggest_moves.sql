/* How the last four weeks of every pair went against the four before, on one day, the widest change first: only of pairs whose record reaches that day.

   inputs  main.dyads, main.indicator_day
   parameters  dataset, day
   columns
     dyad            varchar  the pair
     momentum        double   balance of the 28 days to that day minus that of the 28 before, points; NULL with fewer than two happenings in a window
     momentum_low    double   lower end of its 95 % band
     momentum_high   double   upper end
     momentum_state  varchar  not read, too few, partial, preliminary, thin or ok: of the weaker window
     balance         double   points on that day
     evidence        double   happenings that the balance rests on
   source  main.indicator_day
*/
with records as (
    select
        dyad,
        max(day) filter (where is_covered) as record_end
    from main.indicator_day
    where dataset = $dataset
    group by dyad
)

select
    latest.dyad,
    latest.momentum,
    latest.momentum_low,
    latest.momentum_high,
    latest.momentum_state,
    latest.balance,
    latest.evidence
from main.indicator_day as latest
inner join main.dyads on latest.dyad = dyads.dyad
inner join records on latest.dyad = records.dyad and records.record_end >= $day::date
where latest.dataset = $dataset and latest.day = $day::date
order by abs(latest.momentum) desc nulls last, dyads.position asc, latest.dyad asc
