/* The day on which a measure is announced and the day on which it takes effect are two days; what does both at once is one change. */
select
    measure_id,
    step,
    announced_on,
    effective_on
from staging.measures
where announced_on >= effective_on
