/* Policy measures between the two countries that are in force on a day, wholly, partly or as last recorded; the longest standing last.
   What was set to end by then is left out.

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
    and standing in ('in force', 'partly in force', 'as last recorded')
order by state_day desc, measure_id asc
