/* What the user's corrections make of an event; of two corrections of one sort the later one holds.

   grain   event_id
   inputs  raw.corrections
   columns
     event_id     varchar  event to correct
     is_excluded  boolean  the event is kept and shown, and counts nowhere
     code         varchar  the right code, or NULL
     domain       varchar  the right domain, or NULL
     correction   varchar  in words, with reason, person and day
   source  raw.corrections
*/
with dated as (
    select
        event_id,
        action,
        value,
        "at" as said_on,  -- noqa: RF06
        concat_ws(' ', action, value) || ': ' || coalesce(reason, 'no reason given')
        || ' (' || concat_ws(', ', who, "at") || ')' as told  -- noqa: RF06
    from raw.corrections
)

select
    event_id,
    count(*) filter (where action = 'exclude') > 0 as is_excluded,
    max_by(value, said_on) filter (where action = 'recode') as code,
    max_by(value, said_on) filter (where action = 'domain') as domain,
    string_agg(told, '; ' order by said_on, told) as correction
from dated
group by event_id
