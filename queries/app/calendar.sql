/* What comes next: dates after a day that were set, and known, on that day, for measures between the two countries.

   inputs  main.measures
   parameters  dyad, domain, day, most
   columns  those of measures_on
   source  main.measures
*/
select *
from measures_on($day)
where
    dyad = $dyad
    and ($domain = 'all' or domain = $domain)
    and until > $day::date
order by until asc, measure_id asc
limit $most
