/* Files of outcomes that were read or asked for. For each, n_read = n_accepted + n_known + n_rejected: nothing is lost silently.

   grain   file_id
   inputs  raw.outcome_files
   built   view
   columns  those of raw.outcome_files
   source  raw.outcome_files
*/
select *
from raw.outcome_files
