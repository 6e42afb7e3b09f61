/* Chance that a measure which is announced, threatened or paused is in force within 28 days, from what the register had on the day of asking.

   Of other measures of the same state that were still waiting after as many days, the share that was in force 28 days later: of those of the
   same instrument, or of all where these are fewer than 20, and drawn towards the plain past rate as by 20 of them. The plain past rate is
   that of all periods of 28 days that any other measure waited, with half a one added. The measure itself is left out of both.

   grain   day, measure_id
   inputs  statistics.asked_days, statistics.record_ends, statistics.waited_periods, core.measure_waits, staging.method
   columns
     day         date     day of asking
     measure_id  varchar  the measure
     state       varchar  announced, threatened or paused
     instrument  varchar  kind of measure
     domain      varchar  subject
     dyad        varchar  the pair
     content_to  date     last day of the pair's record by then
     p           double   chance that it is in force, wholly or partly, on one of the 28 days after
     p_base      double   the same by the plain past rate
     base_k      bigint   periods of other measures that ended in force
     base_n      bigint   periods of other measures
     p_low       double   lower end of the 95 % interval of p
     p_high      double   upper end of the 95 % interval of p
   source  seeds/measures.csv
*/
with waiting as (
    select
        asked_days.day,
        waits.*,
        (asked_days.day - waits.began_on)::integer as age_days
    from statistics.asked_days
    inner join core.measure_waits as waits
        on asked_days.day >= waits.began_on and asked_days.day < coalesce(waits.left_on, date '9999-12-31')
),

alike as (
    select
        waiting.day,
        waiting.measure_id,
        count(*) as n_all,
        count_if(others.in_force_on <= others.began_on + waiting.age_days + 28)::bigint as k_all,
        count_if(others.instrument = waiting.instrument)::bigint as n_own,
        count_if(
            others.instrument = waiting.instrument and others.in_force_on <= others.began_on + waiting.age_days + 28
        )::bigint as k_own
    from waiting
    inner join core.measure_waits as others
        on
            waiting.state = others.state
            and waiting.measure_id <> others.measure_id
            and others.began_on + waiting.age_days + 28 <= waiting.day
            and coalesce(others.left_on, date '9999-12-31') > others.began_on + waiting.age_days
    group by waiting.day, waiting.measure_id
),

periods as (
    select
        asked_days.day,
        waited_periods.measure_id,
        count(*) as n,
        count_if(waited_periods.is_reached)::bigint as k
    from statistics.asked_days
    inner join statistics.waited_periods on asked_days.day >= waited_periods.known_on
    group by asked_days.day, waited_periods.measure_id
),

past as (
    select
        day,
        sum(n)::bigint as n,
        sum(k)::bigint as k
    from periods
    group by day
),

chosen as (
    select
        waiting.day,
        waiting.measure_id,
        waiting.state,
        waiting.instrument,
        waiting.domain,
        waiting.dyad,
        ends.content_to,
        coalesce(case when alike.n_own >= 20 then alike.k_own else alike.k_all end, 0) as k,
        coalesce(case when alike.n_own >= 20 then alike.n_own else alike.n_all end, 0) as n,
        coalesce(past.k, 0) - coalesce(periods.k, 0) as base_k,
        coalesce(past.n, 0) - coalesce(periods.n, 0) as base_n
    from waiting
    inner join statistics.record_ends as ends on waiting.day = ends.day and waiting.dyad = ends.dyad
    left join alike on waiting.day = alike.day and waiting.measure_id = alike.measure_id
    left join past on waiting.day = past.day
    left join periods on waiting.day = periods.day and waiting.measure_id = periods.measure_id
),

plain as (
    select
        chosen.*,
        (base_k + 0.5e0) / (base_n + 1) as p_base
    from chosen
)

select
    plain.day,
    plain.measure_id,
    plain.state,
    plain.instrument,
    plain.domain,
    plain.dyad,
    plain.content_to,
    (plain.k + 20 * plain.p_base) / (plain.n + 20) as p,
    plain.p_base,
    plain.base_k,
    plain.base_n,
    main.wilson(plain.k + 20 * plain.p_base, plain.n + 20, method.kappa).low / 1e2 as p_low,
    main.wilson(plain.k + 20 * plain.p_base, plain.n + 20, method.kappa).high / 1e2 as p_high
from plain
cross join staging.method
