/* What became of measures that were announced, threatened or paused and not in force: how many were in force, or back in force, within 30, 90 and 365 days.

   Counted are those which the register followed for so many days, so each number of days has its own n. Of an instrument with fewer than 20
   the figures of all instruments stand: `of_instrument` says whose they are.

   grain   state, instrument, within_days
   inputs  core.measure_waits, core.register_end, staging.method
   columns
     state          varchar  announced, threatened or paused
     instrument     varchar  kind of measure, or all
     within_days    integer  days from the change on: 30, 90 or 365
     n_own          bigint   changes of this instrument that were followed for so many days
     n_own_reached  bigint   of these in force, wholly or partly, by then
     of_instrument  varchar  whose figures follow: this instrument, or all where it has fewer than 20
     n              bigint   changes that were followed for so many days
     n_reached      bigint   of these in force, wholly or partly, by then
     rate           double   n_reached per hundred of n; NULL without one
     rate_low       double   lower end of the 95 % interval
     rate_high      double   upper end of the 95 % interval
   source  seeds/measures.csv
*/
with horizons as (
    select unnest([30, 90, 365])::integer as within_days
),

followed as (
    select
        waits.state,
        waits.instrument,
        horizons.within_days,
        waits.began_on + horizons.within_days <= ends.last_day as is_followed,
        coalesce(waits.in_force_on <= waits.began_on + horizons.within_days, false) as is_reached
    from core.measure_waits as waits
    cross join horizons
    cross join core.register_end as ends
),

counted as (
    select
        state,
        coalesce(instrument, 'all') as instrument,
        within_days,
        count_if(is_followed)::bigint as n,
        count_if(is_followed and is_reached)::bigint as n_reached
    from followed
    group by grouping sets ((state, within_days, instrument), (state, within_days))
),

chosen as (
    select
        own.state,
        own.instrument,
        own.within_days,
        own.n as n_own,
        own.n_reached as n_own_reached,
        case when own.n < 20 then 'all' else own.instrument end as of_instrument,
        case when own.n < 20 then everyone.n else own.n end as n,
        case when own.n < 20 then everyone.n_reached else own.n_reached end as n_reached
    from counted as own
    inner join
        counted as everyone
        on own.state = everyone.state and own.within_days = everyone.within_days and everyone.instrument = 'all'
)

select
    chosen.*,
    main.wilson(chosen.n_reached, chosen.n, method.kappa).rate as rate,
    main.wilson(chosen.n_reached, chosen.n, method.kappa).low as rate_low,
    main.wilson(chosen.n_reached, chosen.n, method.kappa).high as rate_high
from chosen
cross join staging.method
