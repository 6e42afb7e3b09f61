/* Against the build before, from 500 reports on: shares of empty cells that jump mean columns that shifted. Where it is meant,
   `bilateral refresh --accept-change` publishes it. */
select
    latest.dataset,
    earlier.share_without_address as no_address_before,
    latest.share_without_address as no_address_now,
    earlier.share_without_domain as no_domain_before,
    latest.share_without_domain as no_domain_now
from raw.sizes as earlier
inner join main.sizes as latest on earlier.dataset = latest.dataset
where
    earlier.run_id = (select max(all_sizes.run_id) from raw.sizes as all_sizes)
    and not coalesce(getvariable('accept_change'), false)
    and earlier.n_reports >= 500
    and (
        latest.share_without_address > earlier.share_without_address + 0.2
        or latest.share_without_domain > earlier.share_without_domain + 0.2
    )
