/* What a curator says of the importance of single events, and their short names on charts.

   grain   event_id
   inputs  raw.key_events
   built   view
   columns
     event_id    varchar  the event
     importance  integer  takes the place of what the rules give; NULL where the rules hold
     label_en    varchar  short name on charts, English
     label_es    varchar  the same in Spanish
   source  seeds/key_events.csv
*/
select
    event_id,
    importance::integer as importance,
    label_en,
    label_es
from raw.key_events
