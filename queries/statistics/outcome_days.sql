/* Daily exchange rates, and on which of their days acts of the United States of one sort were new.

   An act counts on the first day with a rate on or after its own.

   grain   dyad, series_id, acts, day
   inputs  raw.lead_lag, raw.outcome_series, raw.outcomes, core.events
   columns
     dyad       varchar  the pair
     series_id  varchar  the exchange rate
     acts       varchar  sort of acts: trade deeds, trade statements, trade cooperation, other deeds; the first two and the last are of friction
     day        date     a day with a rate
     value      double   100 times the logarithm of the rate, so that differences are percent
     is_act     boolean  there was such an act since the day with a rate before
   source  raw.outcomes, the first value known of each day; core.events of the curated timeline
*/
with series as (
    select distinct
        outcome_series.dyad,
        outcome_series.series_id,
        lead_lag.dataset
    from raw.lead_lag
    inner join raw.outcome_series on lead_lag.series_id = outcome_series.series_id
    where outcome_series.measure = 'exchange rate' and outcome_series.frequency = 'day'
),

firsts as (
    select *
    from raw.outcomes
    where value > 0
    qualify row_number() over (partition by series_id, period_start order by known_from asc, file_id desc) = 1
),

days as (
    select
        series.dyad,
        series.series_id,
        firsts.period_start as day,
        100e0 * ln(firsts.value) as value
    from firsts
    inner join series on firsts.series_id = series.series_id
),

told as (
    select
        series.series_id,
        events.event_day,
        case
            when events.domain <> 'trade' then 'other deeds'
            when events.sign > 0 then 'trade cooperation'
            when events.kind = 'material friction' then 'trade deeds'
            else 'trade statements'
        end as acts
    from core.events
    inner join series on events.dataset = series.dataset and events.dyad = series.dyad
    where
        events.source_country = 'USA'
        and events.is_excluded is not true
        and not events.is_backdated
        and (events.domain = 'trade' or events.kind = 'material friction')
),

sorts as (
    select unnest(['trade deeds', 'trade statements', 'trade cooperation', 'other deeds']) as acts
),

placed as (
    select distinct
        told.series_id,
        told.acts,
        days.day
    from told
    asof inner join days on told.series_id = days.series_id and told.event_day <= days.day
)

select
    days.dyad,
    days.series_id,
    sorts.acts,
    days.day,
    days.value,
    placed.day is not null as is_act
from days
cross join sorts
left join placed on days.series_id = placed.series_id and sorts.acts = placed.acts and days.day = placed.day
