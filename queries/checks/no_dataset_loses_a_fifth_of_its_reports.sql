/* Against what was published before, from 500 reports on, and whole datasets of any size: a file that was emptied or a reader that broke must
   not empty the pages. Where the loss is meant, `bilateral refresh --accept-change` publishes it. */
select
    earlier.dataset,
    earlier.n_reports as n_before,
    coalesce(latest.n_reports, 0) as n_now
from raw.sizes as earlier
left join main.sizes as latest on earlier.dataset = latest.dataset
where
    earlier.run_id = (select max(all_sizes.run_id) from raw.sizes as all_sizes)
    and not coalesce(getvariable('accept_change'), false)
    and coalesce(latest.n_reports, 0) < 0.8 * earlier.n_reports
    and (earlier.n_reports >= 500 or coalesce(latest.n_reports, 0) = 0)
