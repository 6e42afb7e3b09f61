/* Answers to enter today: of questions that can be settled and have none, and those that are other now than the last one was.

   parameters  day
   source  main.answers_on, raw.questions, raw.resolutions
*/
with last_answers as (
    select
        question_id,
        max(resolution_no) as resolution_no,
        max_by(answer, resolution_no) as answer
    from raw.resolutions
    group by question_id
)

select
    questions.question_id,
    (coalesce(last_answers.resolution_no, 0) + 1)::integer as resolution_no,
    answers.answer,
    answers.reason,
    answers.evidence
from answers_on($day::date) as answers
inner join
    raw.questions as questions
    on answers.kind = questions.kind and answers.subject = questions.subject and answers.asked_on = questions.asked_on
left join last_answers on questions.question_id = last_answers.question_id
where answers.answer is distinct from last_answers.answer
order by questions.entry
