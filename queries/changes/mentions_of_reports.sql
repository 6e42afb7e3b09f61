/* Mentions of some reports: those that a slice of the data reads when it is built by itself.

   grain       none
   inputs      raw.mentions, raw.reports
   columns
     source_event_id  varchar  id that the source gives the event; its other columns are those of raw.mentions
   source  raw.mentions
*/
select mentions.*
from raw.mentions
semi join raw.reports on mentions.source_event_id = reports.source_event_id and reports.dataset = 'gdelt'
