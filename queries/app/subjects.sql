/* What is on record of each subject in the 90 days to a day, and whether it differs from the 90 days before.

   A share of cooperative events is told to lie on one side where its 95 % interval (Wilson) leaves out one half, and to have moved where
   the difference of the two shares exceeds 1.96 standard errors. Both need five events, and as many happenings as that, in each window.

   inputs  main.events, main.domains
   parameters  dataset, dyad, day
   columns
     domain         varchar  subject
     n_cooperation  bigint   cooperative events of the 90 days
     n_friction     bigint   events of friction
     n_events       bigint   both
     n_before       bigint   events of the 90 days before
     reading        varchar  too few, cooperation, friction or mixed
     trend          varchar  too few, up (more cooperation), down or flat
   source  main.events
*/
with counted as (
    select
        domain,
        event_day > $day::date - 90 as is_now,
        count_if(sign > 0)::bigint as n_cooperation,
        count_if(sign < 0)::bigint as n_friction,
        count(distinct story) as n_stories
    from main.events
    where
        dataset = $dataset
        and dyad = $dyad
        and event_day > $day::date - 180
        and event_day <= $day::date
        and sign <> 0
        and not is_backdated
        and is_excluded is not true
        and gate in ('passed', 'not judged')
    group by domain, event_day > $day::date - 90
),

windows as (
    select
        domains.domain,
        domains.position,
        coalesce(latest.n_cooperation, 0) as n_cooperation,
        coalesce(latest.n_friction, 0) as n_friction,
        coalesce(latest.n_cooperation + latest.n_friction, 0) as n,
        coalesce(earlier.n_cooperation + earlier.n_friction, 0) as n_before,
        latest.n_cooperation / n as share,
        earlier.n_cooperation / n_before as share_before,
        n >= 5 and latest.n_stories >= 5 as is_enough,
        n_before >= 5 and earlier.n_stories >= 5 as is_enough_before
    from main.domains
    left join counted as latest on domains.domain = latest.domain and latest.is_now
    left join counted as earlier on domains.domain = earlier.domain and not earlier.is_now
),

judged as (
    select
        *,
        (share + 1.9208 / n) / (1 + 3.8416 / n) as middle,
        1.96 * sqrt(share * (1 - share) / n + 0.9604 / (n * n)) / (1 + 3.8416 / n) as half_width,
        1.96 * sqrt(
            (share * n + share_before * n_before) / (n + n_before)
            * (1 - (share * n + share_before * n_before) / (n + n_before)) * (1 / n + 1 / n_before)
        ) as least
    from windows
)

select
    domain,
    n_cooperation,
    n_friction,
    n as n_events,
    n_before,
    case
        when is_enough is not true then 'too few'
        when middle - half_width > 0.5 then 'cooperation'
        when middle + half_width < 0.5 then 'friction'
        else 'mixed'
    end as reading,
    case
        when is_enough is not true or is_enough_before is not true then 'too few'
        when share - share_before > least then 'up'
        when share_before - share > least then 'down'
        else 'flat'
    end as trend
from judged
order by n_events desc, position asc
