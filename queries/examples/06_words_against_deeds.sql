/* Do statements and actions agree?

   reading  Balance of statements (words) and of actions (deeds); the gap is shown only where both have enough evidence.
*/
select
    day,
    words,
    deeds,
    words - deeds as gap,
    words_evidence,
    deeds_evidence
from indicator_day
where dataset = 'chronology' and dyad = $pair and words_state = 'ok' and deeds_state = 'ok' and day = last_day(day)
order by day desc
