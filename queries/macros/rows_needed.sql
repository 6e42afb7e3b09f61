/* The rows as loaded of the reports that a series needs: nothing but a shorter way to them.

   parameters  for_dataset, for_dyad, for_compared
   columns  those of raw.reports
   source  raw.reports
*/
select *
from raw.reports
where report_id in (select report_id from main.reports_needed(for_dataset, for_dyad, for_compared))
