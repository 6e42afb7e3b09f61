/* Refused rows with the reason, so that a person can mend the file.

   grain   dataset, file_name, row_number, run_id
   inputs  raw.rejects
   built   view
   columns  those of raw.rejects
   source  raw.rejects
*/
select *
from raw.rejects
