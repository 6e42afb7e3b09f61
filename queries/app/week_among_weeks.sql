/* Is a week unusual for the pair? Its acts among those of the weeks of the two years before, quiet ones included.

   Only weeks with all seven days covered, on the same side of a break in the density of the list, are compared; the chronology knows notable acts alone, so a week with none is one without a notable act.

   inputs  main.events, main.indicator_day, main.density_breaks
   parameters  dataset, dyad, domain, week (a Monday)
   columns
     n_events  bigint   acts of the week
     n_days    bigint   covered days of the week, up to 7
     n_weeks   bigint   earlier weeks that it is compared with, up to 104
     n_fewer   bigint   of them, weeks with fewer acts
     n_same    bigint   of them, weeks with as many
     median    double   acts of the week in the middle; NULL without earlier weeks
     most      bigint   acts of the busiest of them; NULL without earlier weeks
   source  main.events
*/
with covered as (
    select
        date_trunc('week', day)::date as week,
        count(*) as n_days
    from main.indicator_day
    where
        dataset = $dataset
        and dyad = $dyad
        and domain = 'all'
        and is_covered
        and day between $week::date - 728 and $week::date + 6
    group by date_trunc('week', day)
),

acts as (
    select
        date_trunc('week', event_day)::date as week,
        count(*) as n_events
    from main.events
    where
        dataset = $dataset
        and dyad = $dyad
        and ($domain = 'all' or domain = $domain)
        and event_day between $week::date - 728 and $week::date + 6
        and not is_backdated
        and is_excluded is not true
    group by date_trunc('week', event_day)
),

counted as (
    select
        covered.week,
        covered.n_days,
        coalesce(acts.n_events, 0) as n_events
    from covered
    left join acts on covered.week = acts.week
),

asked as (
    select
        coalesce(max(n_events), 0) as n_events,
        coalesce(max(n_days), 0) as n_days
    from counted
    where week = $week::date
)

select
    asked.n_events,
    asked.n_days,
    count(earlier.week) as n_weeks,
    count_if(earlier.n_events < asked.n_events) as n_fewer,
    count_if(earlier.n_events = asked.n_events) as n_same,
    median(earlier.n_events) as median,
    max(earlier.n_events) as most
from asked
left join
    counted as earlier
    on
        earlier.week < $week::date
        and earlier.n_days = 7
        and not exists (
            select 1 from main.density_breaks
            where
                density_breaks.dataset = $dataset
                and density_breaks.dyad = $dyad
                and density_breaks.day > earlier.week
                and density_breaks.day <= $week::date + 6
        )
group by asked.n_events, asked.n_days
