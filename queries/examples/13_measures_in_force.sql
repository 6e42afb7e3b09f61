/* Which policy measures were in force on a given day?

   reading  A measure is announced on one day and takes effect on another. A measure that no source has confirmed for 18 months is listed as
            last recorded.
*/
select
    measure_id,
    measure_name,
    imposing_country,
    target_country,
    state,
    announced_on,
    effective_on,
    standing,
    rate_percent
from measures_on(date '2025-03-28')
where dyad = 'MEX-USA' and standing in ('in force', 'partly in force', 'as last recorded')
order by effective_on desc
