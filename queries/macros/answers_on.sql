/* The answer to each question of the ledger that can be settled on a day, from what was on record by then: from answers_on(date '2026-08-19').

   parameters  for_day
   columns  those of statistics.question_answers
   replaces    statistics.question_windows
   result      statistics.question_answers
*/
select
    kind,
    subject,
    asked_on,
    window_start,
    window_end,
    for_day::date as known_on
from raw.questions
where settles_on <= for_day::date
