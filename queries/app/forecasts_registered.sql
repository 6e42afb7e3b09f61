/* Forecasts of the ledger with their question, state, answer and scores, the newest first; late ones too, which are never scored.

   inputs  main.forecast_scores, main.questions
   parameters  dyad, most
   columns  those of main.forecast_scores, and
     yes_if_en  varchar  what must be on record for a yes, English
     yes_if_es  varchar  the same in Spanish
   source  main.forecast_scores
*/
select
    scores.*,
    questions.yes_if_en,
    questions.yes_if_es
from main.forecast_scores as scores
inner join main.questions as questions on scores.question_id = questions.question_id
where $dyad = 'all' or scores.dyad = $dyad
order by scores.window_start desc, scores.question_id asc
limit $most
