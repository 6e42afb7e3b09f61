/* Policy measures between two countries that are announced, threatened or paused and not in force on a day, the last changed first.

   inputs  main.measures
   parameters  dyad, domain, day
   columns  those of measures_on
   source  main.measures
*/
select *
from measures_on($day)
where
    dyad = $dyad
    and ($domain = 'all' or domain = $domain)
    and state in ('announced', 'threatened', 'paused')
    and is_in_force = 'no'
order by state_day desc, measure_id asc
