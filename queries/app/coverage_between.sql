/* Which days were read of a pair, or of all pairs (*), newest first. A day that is missing here is a gap, never a zero.

   inputs  main.coverage
   parameters  dataset, dyad, from_day, to_day
   columns  those of main.coverage
   source  main.coverage
*/
select *
from main.coverage
where
    dataset = $dataset
    and dyad in ($dyad, '*')
    and day between $from_day::date and $to_day::date
order by day desc, dyad asc
