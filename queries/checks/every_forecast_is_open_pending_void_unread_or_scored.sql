/* The ledger of forecasts adds up: what was registered in time is in one state, and every forecast and answer has its question. */
with registered as (
    select count(distinct question_id) as n
    from raw.forecasts
    where date_diff('day', content_to, made_at::date) <= 3
),

told as (
    select coalesce(sum(open + pending + void + unread + scored), 0) as n
    from main.forecast_track
    where kind = 'all' and year is null
)

select
    'registered and in no state or in two' as fault,
    registered.n - told.n as n
from registered
cross join told
where registered.n <> told.n
union all
select
    'without its question' as fault,
    count(*) as n
from (
    select question_id from raw.forecasts
    union all
    select question_id from raw.resolutions
) as entered
where entered.question_id not in (select question_id from raw.questions)
having count(*) > 0
union all
select
    'asked without a forecast' as fault,
    count(*) as n
from raw.questions
where question_id not in (select question_id from raw.forecasts)
having count(*) > 0
