/* Whether dates that were set for measures were kept: of those that have come, how many saw a change within three days, and how many the change that had been set.

   Kept is a start or rise where the measure is then in force, a pause or an exemption where it is in force without one, and an end where
   it is no longer in force. What changes on the day and is put off once more has changed and was not kept.

   grain   until_kind
   inputs  staging.measures, core.register_end, staging.method
   columns
     until_kind  varchar  what was set: start, rise, end, pause_ends or exemption_ends
     n           bigint   dates that have come by the end of the register
     n_changed   bigint   of these with the next change at most three days before or after
     n_kept      bigint   of these that changed as had been set
     rate        double   n_kept per hundred of n
     rate_low    double   lower end of the 95 % interval
     rate_high   double   upper end of the 95 % interval
   source  seeds/measures.csv
*/
with followed as (
    select
        measures.until_kind,
        measures.until,
        lead(measures.state_day) over later as next_day,
        lead(measures.state) over later as next_state,
        lead(measures.is_in_force) over later as next_in_force
    from staging.measures
    window later as (partition by measures.measure_id order by measures.step)
),

judged as (
    select
        followed.until_kind,
        coalesce(abs(date_diff('day', followed.until, followed.next_day)) <= 3, false) as is_changed,
        coalesce(
            case followed.until_kind
                when 'end' then followed.next_in_force = 'no'
                when 'pause_ends' then followed.next_in_force <> 'no' and followed.next_state <> 'paused'
                when 'exemption_ends' then followed.next_in_force = 'yes' and followed.next_state <> 'exempted'
                when 'start' then followed.next_in_force <> 'no'
                else followed.next_in_force <> 'no' and followed.next_state <> 'paused'
            end,
            false
        ) as is_as_set
    from followed
    cross join core.register_end as ends
    where followed.until_kind in ('start', 'rise', 'end', 'pause_ends', 'exemption_ends') and followed.until <= ends.last_day
),

counted as (
    select
        until_kind,
        count(*) as n,
        count_if(is_changed)::bigint as n_changed,
        count_if(is_changed and is_as_set)::bigint as n_kept
    from judged
    group by until_kind
)

select
    counted.*,
    main.wilson(counted.n_kept, counted.n, method.kappa).rate as rate,
    main.wilson(counted.n_kept, counted.n, method.kappa).low as rate_low,
    main.wilson(counted.n_kept, counted.n, method.kappa).high as rate_high
from counted
cross join staging.method
