/* Answers of the ledger of forecasts, the newest first, of forecasts that were not late.

   inputs  main.forecast_scores, main.resolutions, main.questions
   parameters  dyad, domain, most
   columns
     question_id    varchar    the question
     resolution_no  integer    number of the answer
     day            date       day on which it was entered, UTC
     kind           varchar    friction_deed or measure_state
     dyad           varchar    the pair; NULL of a measure that is no longer in the register
     domain         varchar    subject of the measure; all of a direction
     answer         varchar    yes, no, void or unread
     reason         varchar    why it is void or unread
     evidence       varchar    event, or measure:step, that makes a yes
     window_start   date       first day that counted
     window_end     date       last day that counted
     p              double     chance of a yes that was given
     p_base         double     the same by the plain past rate
     yes_if_en      varchar    what must be on record for a yes, English
     yes_if_es      varchar    the same in Spanish
   source  main.resolutions
*/
select
    resolutions.question_id,
    resolutions.resolution_no,
    resolutions.resolved_at::date as day,
    scores.kind,
    scores.dyad,
    scores.domain,
    resolutions.answer,
    resolutions.reason,
    resolutions.evidence,
    scores.window_start,
    scores.window_end,
    scores.p,
    scores.p_base,
    questions.yes_if_en,
    questions.yes_if_es
from main.resolutions
inner join main.forecast_scores as scores on resolutions.question_id = scores.question_id
inner join main.questions on resolutions.question_id = questions.question_id
where
    not scores.is_late
    and ($dyad = 'all' or scores.dyad = $dyad)
    and ($domain = 'all' or scores.domain = $domain)
order by resolutions.entry desc
limit $most
