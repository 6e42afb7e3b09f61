/* Loaded files. For each, rows_read = rows_accepted + rows_known + rows_rejected: nothing is lost silently.

   grain   dataset, file_name, md5, run_id
   inputs  raw.files
   built   view
   columns  those of raw.files
   source  raw.files
*/
select *
from raw.files
