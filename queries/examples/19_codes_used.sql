/* Which event codes are used, and how do they score?

   reading  The sign separates cooperation from friction; the score gives the strength.
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
