/* What each of two countries did to the other in a week or month: net score of the acts, mutual acts left out.

   Only whole periods that were read from end to end, and of these the longest run without a gap.

   grain   dataset, dyad, period, starts
   inputs  core.events, core.calendar, core.settled
   when    core.settled
   built   passing
   columns
     dataset     varchar  where the acts come from
     dyad        varchar  the pair, A-B
     period      varchar  week or month
     starts      date     its first day
     there       double   sum of weight times score of the acts of A towards B, score points
     back        double   the same of B towards A
     is_both     boolean  there were acts in both directions
   source  core.events; back-dated events are left out
*/
with days as (
    select
        calendar.dataset,
        calendar.dyad,
        calendar.day,
        calendar.is_read,
        unnest(['week', 'month']) as period,
        unnest([date_trunc('week', calendar.day), date_trunc('month', calendar.day)])::date as starts
    from core.calendar
    inner join core.settled on calendar.dataset = settled.dataset and calendar.day <= settled.last_day
),

periods as (
    select
        dataset,
        dyad,
        period,
        starts
    from days
    group by dataset, dyad, period, starts
    having
        count(*) filter (where is_read)
        = case when period = 'week' then 7 else date_diff('day', starts, (starts + interval 1 month)::date) end
),

numbered as (
    select
        *,
        case
            when period = 'week' then date_diff('week', date '2000-01-03', starts)
            else date_diff('month', date '2000-01-01', starts)
        end
        - row_number() over (partition by dataset, dyad, period order by starts) as run
    from periods
),

run_lengths as (
    select
        *,
        count(*) over (partition by dataset, dyad, period, run) as run_length
    from numbered
),

longest as (
    select *
    from run_lengths
    qualify dense_rank() over (partition by dataset, dyad, period order by run_length desc, run desc) = 1
),

acts as (
    select
        dataset,
        dyad,
        directed_dyad = replace(dyad, '-', '>') as is_there,
        weight * score as points,
        unnest(['week', 'month']) as period,
        unnest([date_trunc('week', event_day), date_trunc('month', event_day)])::date as starts
    from core.events
    where not is_mutual and not is_backdated and is_excluded is not true
)

select
    longest.dataset,
    longest.dyad,
    longest.period,
    longest.starts,
    coalesce(sum(acts.points) filter (where acts.is_there), 0e0) as there,
    coalesce(sum(acts.points) filter (where not acts.is_there), 0e0) as back,
    count(distinct acts.is_there) = 2 as is_both
from longest
left join
    acts
    on
        longest.dataset = acts.dataset
        and longest.dyad = acts.dyad
        and longest.period = acts.period
        and longest.starts = acts.starts
group by longest.dataset, longest.dyad, longest.period, longest.starts
