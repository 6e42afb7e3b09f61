/* How long does a measure take from announcement to effect?

   reading  Days between the first state of a measure and the first state in which it was in force.
*/
select
    measure_name,
    min(state_day) as first_day,
    min(state_day) filter (where is_in_force <> 'no') as in_force_from,
    date_diff('day', first_day, in_force_from) as days
from measures
group by measure_id, measure_name
having in_force_from is not null and days > 0
order by days desc
