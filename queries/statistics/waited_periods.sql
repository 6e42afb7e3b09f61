/* Periods of 28 days that measures waited in, from the change after which they were announced, threatened or paused and not in force on.

   grain   measure_id, step, age_days
   inputs  core.measure_waits, core.register_end
   columns
     measure_id  varchar  the measure
     step        integer  running number of the change
     state       varchar  announced, threatened or paused
     instrument  varchar  kind of measure
     age_days    integer  days waited when the period began: 0, 28, 56 and so on
     known_on    date     its last day, from which it is known how it ended
     is_reached  boolean  the measure was in force, wholly or partly, by then
   source  seeds/measures.csv
*/
with aged as (
    select
        waits.*,
        unnest(generate_series(0, date_diff('day', waits.began_on, ends.last_day) - 28, 28))::integer as age_days
    from core.measure_waits as waits
    cross join core.register_end as ends
)

select
    measure_id,
    step,
    state,
    instrument,
    age_days,
    began_on + age_days + 28 as known_on,
    coalesce(in_force_on <= began_on + age_days + 28, false) as is_reached
from aged
where left_on is null or left_on > began_on + age_days
