/* Every forecast of the ledger with its state and, where it is settled by yes or no, its scores beside those of the plain past rate.

   grain   question_id
   inputs  statistics.judged_forecasts
   built   view
   columns  those of statistics.judged_forecasts, and
     state        varchar  late, open (its window goes on), pending (not settled yet), void, unread or scored
     brier        double   (p - y)^2, y 1 of a yes and 0 of a no; NULL unless scored
     brier_base   double   the same of p_base
     log_loss     double   -ln of the chance that was given to what happened, between 0.01 and 0.99
     in_headline  boolean  the first of its direction or measure in a period of 28 days, whose window overlaps no earlier first one
   source  statistics.judged_forecasts
*/
with stated as (
    select
        *,
        date_diff('day', date '1900-01-01', window_start) // 28 as period,
        case
            when is_late then 'late'
            when answer in ('yes', 'no') then 'scored'
            when answer is not null then answer
            when window_end >= coalesce(getvariable('today'), (now() at time zone 'UTC')::date)::date then 'open'
            else 'pending'
        end as state,
        case when answer = 'yes' then 1e0 else 0e0 end as y
    from statistics.judged_forecasts
),

firsts as (
    select
        question_id,
        kind,
        subject,
        window_start,
        window_end
    from stated
    where state <> 'late'
    qualify row_number() over (partition by kind, subject, period order by window_start) = 1
),

apart as (
    select
        question_id,
        window_start > lag(window_end, 1, date '0001-01-01') over (partition by kind, subject order by window_start) as is_apart
    from firsts
)

select
    stated.* exclude (period, y),
    case when stated.state = 'scored' then pow(stated.p - stated.y, 2) end as brier,
    case when stated.state = 'scored' then pow(stated.p_base - stated.y, 2) end as brier_base,
    case
        when stated.state = 'scored'
            then -ln(greatest(least(stated.y * stated.p + (1 - stated.y) * (1 - stated.p), 0.99e0), 0.01e0))
    end as log_loss,
    coalesce(apart.is_apart, false) as in_headline
from stated
left join apart on stated.question_id = apart.question_id
