/* Values read that were neither accepted, nor known, nor rejected are lost. */
select
    file_id,
    address,
    n_read
from raw.outcome_files
where n_read <> n_accepted + n_known + n_rejected
