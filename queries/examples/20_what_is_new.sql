/* What did the last update add?

   reading  Rows of the newest run, by file; rows_read = accepted + known + rejected.
*/
select
    files.dataset,
    files.file_name,
    files.rows_read,
    files.rows_accepted,
    files.rows_known,
    files.rows_rejected,
    files.loaded_at
from files
where files.run_id = (select max(newest.run_id) from files as newest)
order by files.dataset, files.file_name
