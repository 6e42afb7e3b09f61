/* Which policy measures were in force on a day?

   reading  Announced and in effect are two days. What no source has shown for 18 months stands as last recorded.
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
