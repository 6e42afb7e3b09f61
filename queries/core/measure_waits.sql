/* Each change after which a measure was announced, threatened or paused and not in force, with what followed. A measure announced twice waits twice.

   grain   measure_id, step
   inputs  staging.measures
   columns
     measure_id   varchar  the measure
     step         integer  running number of the change
     dyad         varchar  the pair
     domain       varchar  subject
     instrument   varchar  kind of measure
     state        varchar  announced, threatened or paused
     began_on     date     day of the change
     left_on      date     day of the next change, whatever it was; NULL where none is recorded
     in_force_on  date     first later day from which it was in force, wholly or partly; NULL where none is recorded
   source  staging.measures
*/
with followed as (
    select
        measures.*,
        lead(state_day) over later as left_on,
        min(case when is_in_force <> 'no' then state_day end) over (
            partition by measure_id order by step rows between 1 following and unbounded following
        ) as in_force_on
    from staging.measures
    window later as (partition by measure_id order by step)
)

select
    measure_id,
    step,
    dyad,
    domain,
    instrument,
    state,
    state_day as began_on,
    left_on,
    in_force_on
from followed
where state in ('announced', 'threatened', 'paused') and is_in_force = 'no'
