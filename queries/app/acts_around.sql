/* Acts before and after a day, the day itself counted with what follows, by side, direction and kind.

   inputs  main.events
   parameters  dataset, dyad, domain, day, days (how many on each side)
   columns
     side           varchar  before or after
     directed_dyad  varchar  actor>target
     kind           varchar  verbal or material cooperation or friction
     n_events       bigint   acts
     weight         double   their weight
   source  main.events
*/
select
    case when event_day < $day::date then 'before' else 'after' end as side,
    directed_dyad,
    kind,
    count(*) as n_events,
    sum(weight) as weight
from main.events
where
    dataset = $dataset
    and dyad = $dyad
    and ($domain = 'all' or domain = $domain)
    and event_day between $day::date - $days::integer and $day::date + ($days::integer - 1)
    and not is_backdated
    and is_excluded is not true
group by all
order by side desc, directed_dyad asc, kind asc
