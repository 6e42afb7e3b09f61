/* Chance of a deed of friction within 28 days, of every direction that had one since 2017, from what was on record on the day of asking.

   The chance is that of a steady rate, the deeds of the last 365 days and a half: p = 1 - exp(-(k + 0.5) * 28 / 365). The plain past rate is
   the share of windows of 28 days since 2017 that had a deed, drawn towards that of all directions as by 20 windows.

   grain   day, subject
   inputs  statistics.asked_days, statistics.record_ends, statistics.friction_deeds, staging.method
   columns
     day         date     day of asking
     subject     varchar  direction, actor>target
     dyad        varchar  the pair
     content_to  date     last day of the pair's record by then
     p           double   chance of at least one deed in the 28 days after
     p_base      double   the same by the plain past rate
     base_k      bigint   windows since 2017 with a deed
     base_n      bigint   windows since 2017
     p_low       double   lower end of the 95 % interval of p
     p_high      double   upper end of the 95 % interval of p
   source  core.events
*/
with directions as (
    select
        asked_days.day,
        deeds.subject,
        deeds.dyad,
        count_if(deeds.day > asked_days.day - 365)::bigint as n_year,
        count(distinct case when deeds.window_last <= asked_days.day then deeds.window_last end) as base_k
    from statistics.asked_days
    inner join statistics.friction_deeds as deeds on asked_days.day >= deeds.day
    group by asked_days.day, deeds.subject, deeds.dyad
),

counted as (
    select
        directions.*,
        ends.content_to,
        (
            (date_diff('day', date '2017-01-02', directions.day) + 1) // 28
            - greatest(date_diff('day', date '2017-01-02', ends.first_day), 0) // 28
        )::bigint as base_n
    from directions
    inner join statistics.record_ends as ends on directions.day = ends.day and directions.dyad = ends.dyad
),

shared as (
    select
        counted.*,
        sum(base_k) over (partition by day) / nullif(sum(base_n) over (partition by day), 0)::double as share_of_all
    from counted
)

select
    shared.day,
    shared.subject,
    shared.dyad,
    shared.content_to,
    1e0 - exp(-(shared.n_year + 0.5e0) * 28 / 365) as p,
    (shared.base_k + 20 * shared.share_of_all) / (shared.base_n + 20) as p_base,
    shared.base_k,
    shared.base_n,
    1e0 - exp(-pow(greatest(sqrt(shared.n_year + 0.5e0) - method.z / 2, 0), 2) * 28 / 365) as p_low,
    1e0 - exp(-pow(sqrt(shared.n_year + 0.5e0) + method.z / 2, 2) * 28 / 365) as p_high
from shared
cross join staging.method
