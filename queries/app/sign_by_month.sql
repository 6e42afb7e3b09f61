/* Does the sign hold? Intensity of each month with the range that other choices of the method give.

   inputs  main.sign_check
   parameters  dataset, dyad, from_day, to_day
   columns  those of main.sign_check
   source  main.sign_check
*/
select *
from main.sign_check
where dataset = $dataset and dyad = $dyad and month between date_trunc('month', $from_day::date) and $to_day::date
order by month
