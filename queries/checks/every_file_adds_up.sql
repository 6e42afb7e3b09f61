/* Rows read that were neither accepted, nor known, nor rejected are lost. */
select
    dataset,
    file_name,
    rows_read
from raw.files
where rows_read <> rows_accepted + rows_known + rows_rejected
