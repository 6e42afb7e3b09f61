/* Do words and deeds point the same way?

   reading  Balance of words alone and of deeds alone; a gap is shown only where both have evidence enough.
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
