/* Every question of the ledger with its forecast and its last answer. Of several forecasts the first counts that was not late.

   grain   question_id
   inputs  raw.questions, raw.forecasts, raw.resolutions, staging.measures
   built   view
   columns
     question_id    varchar  the question
     kind           varchar  friction_deed or measure_state
     subject        varchar  direction, or measure
     sort           varchar  the direction again, or the state of the measure when it was asked
     domain         varchar  subject of the measure; all of a direction
     dyad           varchar  the pair; NULL of a measure that is no longer in the register
     asked_on       date     day of asking
     window_start   date     first day that counts
     window_end     date     last day that counts
     settles_on     date     day from which it is settled
     content_to     date     last day of the pair's record when the forecast was made
     p              double   chance of a yes, 0 to 1
     p_base         double   the same by the plain past rate
     base_k         bigint   past windows of 28 days with a yes, of the plain past rate
     base_n         bigint   past windows of 28 days
     p_low          double   lower end of the 95 % interval of p
     p_high         double   upper end of the 95 % interval of p
     method         varchar  how p was made: rate_v1, or rate_v1_backcast
     is_late        boolean  made from a record that ended more than 3 days before: never scored
     answer         varchar  the last answer: yes, no, void or unread; NULL while there is none
     reason         varchar  why it is void or unread
     evidence       varchar  event, or measure:step, that makes a yes
     resolution_no  integer  number of the last answer; more than 1 where it was changed
   source  raw.questions, raw.forecasts, raw.resolutions
*/
with made as (
    select
        *,
        date_diff('day', content_to, made_at::date) > 3 as is_late
    from raw.forecasts
    qualify row_number() over (partition by question_id order by date_diff('day', content_to, made_at::date) > 3, entry) = 1
),

answered as (
    select *
    from raw.resolutions
    qualify row_number() over (partition by question_id order by resolution_no desc) = 1
),

pairs as (
    select distinct
        measure_id,
        dyad
    from staging.measures
)

select
    questions.question_id,
    questions.kind,
    questions.subject,
    case
        when questions.kind = 'friction_deed' then questions.subject
        else split_part(questions.condition, ', ', 2)
    end as sort,
    questions.domain,
    case
        when questions.kind = 'measure_state' then pairs.dyad
        else
            least(left(questions.subject, 3), right(questions.subject, 3))
            || '-' || greatest(left(questions.subject, 3), right(questions.subject, 3))
    end as dyad,
    questions.asked_on,
    questions.window_start,
    questions.window_end,
    questions.settles_on,
    made.content_to,
    made.p,
    made.p_base,
    made.base_k,
    made.base_n,
    made.p_low,
    made.p_high,
    made.method,
    made.is_late,
    answered.answer,
    answered.reason,
    answered.evidence,
    answered.resolution_no
from raw.questions as questions
inner join made on questions.question_id = made.question_id
left join answered on questions.question_id = answered.question_id
left join pairs on questions.kind = 'measure_state' and questions.subject = pairs.measure_id
