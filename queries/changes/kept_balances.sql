/* Balances of a dataset as they are kept of the days before one, with what a file of indicators needs of them that looks at all days.

   grain       series_no, day
   inputs      core.calendar, indicators.requested, indicators.series, staging.dyad_keys
   parameters  dataset, since
   columns
     series_no       bigint   which of indicators.requested
     day             date     the day
     day_no          bigint   0 on the pair's first day
     is_asked        boolean  asked for itself
     is_after_break  boolean  it lies after a break in the density of a curated list
     balance         double   points
     state           varchar  how sure it is
   source  indicators.series
*/
select
    requested.series_no,
    series.day,
    calendar.day_no,
    requested.is_asked,
    calendar.is_after_break,
    series.balance,
    series.state
from indicators.series
inner join
    indicators.requested
    on
        series.dataset = requested.dataset
        and series.dyad = requested.dyad
        and series.domain = requested.domain
        and series.half_life_days = requested.half_life_days
inner join staging.dyad_keys on series.dyad = dyad_keys.dyad
inner join core.calendar on series.dataset = calendar.dataset and dyad_keys.pair = calendar.dyad and series.day = calendar.day
where series.dataset = $dataset and series.day < $since::date
