/* What moved balance or intensity between two days, by story; the three parts sum to the change.

   inputs  main.moved
   source  queries/macros/moved.sql
*/
select
    story,
    min(event_day) as event_day,
    min(summary) as summary,
    arg_min_null(summary_es, summary) as summary_es,
    count(*) as n_events,
    sum(new) as new,
    sum(fading) as fading,
    sum(evidence) as evidence,
    sum(moved) as moved
from moved($dataset, $dyad, $domain, $h, $indicator, $from_day, $to_day, for_mutual := $mutual)
group by story
order by abs(sum(moved)) desc, story
