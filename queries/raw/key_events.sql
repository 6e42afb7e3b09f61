/* What a curator says of the importance of single events, and their short names on charts.

   grain   none
   inputs
   columns
     event_id    varchar  the event
     importance  varchar  takes the place of what the rules give; empty: the rules hold
     label_en    varchar  short name on charts, English
     label_es    varchar  the same in Spanish
   source  seeds/key_events.csv
*/
select
    event_id,
    importance,
    label_en,
    label_es
from read_csv(getvariable('seeds') || '/key_events.csv', header = true, all_varchar = true)
