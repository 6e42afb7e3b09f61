/* Days on which the backcast asks: each Monday from 2020 on after which the register and the timeline go on for 28 days.

   grain   day
   inputs  core.register_end
   columns
     day  date  the day; what is recorded of later ones is not looked at
   source  core.register_end
*/
select unnest(generate_series(date '2020-01-06', last_day - 28, interval 7 day))::date as day
from core.register_end
