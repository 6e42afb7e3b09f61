/* What became of measures that were announced, threatened or paused, by instrument.

   inputs  main.measure_fates
   columns  those of main.measure_fates
   source  main.measure_fates
*/
select *
from main.measure_fates
order by state, instrument, within_days
