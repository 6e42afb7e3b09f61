/* Policy measures between the two countries that changed state in a range, newest first.

   inputs  main.measures
   parameters  dyad, domain, from_day, to_day, most
   columns  those of main.measures
   source  main.measures
*/
select *
from main.measures
where
    dyad = $dyad
    and ($domain = 'all' or domain = $domain)
    and state_day between $from_day::date and $to_day::date
order by state_day desc, measure_id asc
limit $most
