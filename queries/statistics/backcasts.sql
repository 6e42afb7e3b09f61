/* The method of rates asked each Monday since 2020 from what was on record by then, with the answers: a trial of the method, not a forecast.

   The timeline and the register are as they are today: for acts and changes the day of the event stands for the day on which it was known,
   as only those accepted in review say when they were entered.

   grain   kind, subject, asked_on
   inputs  statistics.forecast_rates, statistics.question_answers
   columns  those of statistics.judged_forecasts
   source  statistics.forecast_rates, statistics.question_answers
*/
select
    md5(concat_ws(' ', rates.condition, rates.day)) as question_id,
    rates.kind,
    rates.subject,
    rates.sort,
    rates.domain,
    rates.dyad,
    rates.day as asked_on,
    rates.day + 1 as window_start,
    rates.day + 28 as window_end,
    rates.day + 42 as settles_on,
    rates.content_to,
    rates.p,
    rates.p_base,
    rates.base_k,
    rates.base_n,
    rates.p_low,
    rates.p_high,
    'rate_v1_backcast' as method,
    false as is_late,
    answers.answer,
    answers.reason,
    answers.evidence,
    1::integer as resolution_no
from statistics.forecast_rates as rates
inner join statistics.question_answers as answers
    on rates.kind = answers.kind and rates.subject = answers.subject and rates.day = answers.asked_on
