/* What moved balance or intensity between two days, by kind, direction and domain; the three parts sum to the change.

   inputs  main.moved
   source  queries/macros/moved.sql
*/
select
    kind,
    directed_dyad,
    domain,
    count(*) as n_events,
    sum(new) as new,
    sum(fading) as fading,
    sum(evidence) as evidence,
    sum(moved) as moved
from moved($dataset, $dyad, $domain, $h, $indicator, $from_day, $to_day, for_mutual := $mutual)
group by kind, directed_dyad, domain
order by abs(sum(moved)) desc, kind, directed_dyad asc, domain asc
