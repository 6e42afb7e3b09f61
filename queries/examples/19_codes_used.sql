/* Which kinds of acts are there, and what do they weigh?

   reading  The sign decides friction or cooperation, the score how much.
*/
select
    events.code,
    event_codes.label_en as label,
    any_value(events.kind) as kind,
    any_value(events.score) as score,
    count(*) as n_events
from events
inner join event_codes on events.code = event_codes.code
group by events.code, event_codes.label_en
order by n_events desc
