/* Policy measures between the two countries that are in force on a day, wholly or partly; the longest standing last.

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
    and is_in_force <> 'no'
order by state_day desc, measure_id asc
