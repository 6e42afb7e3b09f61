/* Friction on the last day of each month that is over, for the pairs, subjects and half-lives that outcomes are compared with.

   The value is the one that `series` gives for the day. It is a reconstruction where the dataset is curated: made of acts as they are coded
   today, not of what was published by then.

   grain   dataset, dyad, domain, half_life_days, month
   inputs  raw.lead_lag, raw.outcome_series, raw.outcomes, core.calendar, core.dyad_day, core.settled, staging.method
   built   passing
   columns
     dataset         varchar  where the events come from
     dyad            varchar  the pair
     domain          varchar  subject, or all
     half_life_days  integer  days in which an event loses half its weight
     month           date     first day of the month
     friction        double   score points per 30 days
   source  30 Σ c x / Σ c over read days since the first event, x the day's negative scores without their sign
*/
with asked as (
    select distinct
        lead_lag.dataset,
        outcome_series.dyad,
        lead_lag.domain,
        lead_lag.half_life_days::integer as half_life_days
    from raw.lead_lag
    inner join raw.outcome_series on lead_lag.series_id = outcome_series.series_id
    where lead_lag.series_id in (select outcomes.series_id from raw.outcomes)
),

ends as (
    select
        asked.*,
        calendar.day
    from asked
    inner join core.calendar on asked.dataset = calendar.dataset and asked.dyad = calendar.dyad
    inner join core.settled on asked.dataset = settled.dataset
    where calendar.is_read and calendar.day <= settled.last_day and calendar.day = last_day(calendar.day)
),

reading as (
    select
        ends.*,
        sum(pow(2e0, -date_diff('day', calendar.day, ends.day) / ends.half_life_days::double)) as weight
    from ends
    inner join core.calendar on ends.dataset = calendar.dataset and ends.dyad = calendar.dyad and ends.day >= calendar.day
    where calendar.is_read
    group by all
),

happening as (
    select
        ends.*,
        sum(dyad_day.friction * pow(2e0, -date_diff('day', dyad_day.day, ends.day) / ends.half_life_days::double)) as points
    from ends
    inner join
        core.dyad_day
        on
            ends.dataset = dyad_day.dataset
            and ends.dyad = dyad_day.dyad
            and ends.domain = dyad_day.domain
            and ends.day >= dyad_day.day
    where dyad_day.lag = 0
    group by all
)

select
    reading.dataset,
    reading.dyad,
    reading.domain,
    reading.half_life_days,
    date_trunc('month', reading.day)::date as month,
    method.cooperation_window * coalesce(happening.points, 0e0) / reading.weight as friction
from reading
left join
    happening
    on
        reading.dataset = happening.dataset
        and reading.dyad = happening.dyad
        and reading.domain = happening.domain
        and reading.half_life_days = happening.half_life_days
        and reading.day = happening.day
cross join staging.method
