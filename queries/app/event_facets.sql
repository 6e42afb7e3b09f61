/* How many events of a choice there are by kind, subject and direction: links that narrow it.

   inputs  main.events
   parameters  dataset, dyad (`all` for every pair), from_day, to_day
   columns
     facet     varchar  kind, domain or direction
     name      varchar  its value
     n_events  bigint   events
   source  main.events
*/
with chosen as (
    select
        kind,
        domain,
        directed_dyad
    from main.events
    where
        dataset = $dataset
        and ($dyad = 'all' or dyad = $dyad)
        and event_day between $from_day::date and $to_day::date
),

facets as (
    select
        'kind' as facet,
        kind as name
    from chosen
    union all
    select
        'domain' as facet,
        domain as name
    from chosen
    union all
    select
        'direction' as facet,
        directed_dyad as name
    from chosen
)

select
    facet,
    name,
    count(*) as n_events
from facets
group by facet, name
order by facet asc, n_events desc, name asc
