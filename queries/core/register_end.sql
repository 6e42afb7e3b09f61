/* Last day to which the register of measures was kept: the newest change, or the newest day on which a source showed a state.

   grain   none
   inputs  staging.measures
   columns
     last_day  date  the day; NULL of an empty register
   source  staging.measures
*/
select max(greatest(state_day, coalesce(last_confirmed, state_day))) as last_day
from staging.measures
