/* Forecasts whose window goes on, the newest of each direction and measure, late ones too.

   inputs  main.forecast_scores, main.measures, main.questions
   parameters  day
   columns
     question_id       varchar  the question
     kind              varchar  friction_deed or measure_state
     subject           varchar  direction, or measure
     sort              varchar  the direction again, or the state of the measure when it was asked
     dyad              varchar  the pair
     measure_name      varchar  name of the measure, English; NULL of a direction
     measure_name_es   varchar  the same in Spanish; NULL where it is not translated
     imposing_country  varchar  ISO 3166-1 alpha-3 of who imposes the measure; NULL of a direction
     target_country    varchar  ISO 3166-1 alpha-3 of whom it meets; NULL of a direction
     window_start      date     first day that counts
     window_end        date     last day that counts
     p                 double   chance of a yes, 0 to 1
     p_low             double   lower end of the 95 % interval
     p_high            double   upper end of the 95 % interval
     p_base            double   the same by the plain past rate
     is_late           boolean  made from a record that ended more than 3 days before: never scored
     content_to        date     last day of the pair's record when it was made
     yes_if_en         varchar  what must be on record for a yes, English
     yes_if_es         varchar  the same in Spanish
   source  main.forecast_scores
*/
with names as (
    select distinct on (measure_id)
        measure_id,
        measure_name,
        measure_name_es,
        imposing_country,
        target_country
    from main.measures
)

select
    scores.question_id,
    scores.kind,
    scores.subject,
    scores.sort,
    scores.dyad,
    names.measure_name,
    names.measure_name_es,
    names.imposing_country,
    names.target_country,
    scores.window_start,
    scores.window_end,
    scores.p,
    scores.p_low,
    scores.p_high,
    scores.p_base,
    scores.is_late,
    scores.content_to,
    questions.yes_if_en,
    questions.yes_if_es
from main.forecast_scores as scores
inner join main.questions as questions on scores.question_id = questions.question_id
left join names on scores.kind = 'measure_state' and scores.subject = names.measure_id
where scores.window_end >= $day::date
qualify row_number() over (partition by scores.kind, scores.subject order by scores.is_late asc, scores.window_start desc) = 1
order by scores.kind asc, scores.p desc, scores.subject asc
