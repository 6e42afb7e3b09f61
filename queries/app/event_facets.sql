/* How many events of a choice there are by kind, of the subject that is asked for, and by subject, of the kind that is: links that narrow it.

   inputs  main.searched
   parameters  dataset, dyad (`all` for every pair), domain, kind, q (words that must stand in an event), from_day, to_day, gate (off: also what the gate refused)
   columns
     facet     varchar  kind or domain
     name      varchar  its value
     n_events  bigint   events
   source  main.searched
*/
with chosen as (
    select
        kind,
        domain
    from searched($dataset, $dyad, $q, $from_day, $to_day)
    where $gate = 'off' or gate in ('passed', 'not judged')
),

facets as (
    select
        'kind' as facet,
        kind as name
    from chosen
    where $domain = 'all' or domain = $domain
    union all
    select
        'domain' as facet,
        domain as name
    from chosen
    where $kind = 'all' or kind = $kind
)

select
    facet,
    name,
    count(*) as n_events
from facets
group by facet, name
order by facet asc, n_events desc, name asc
