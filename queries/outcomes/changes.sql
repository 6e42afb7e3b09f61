/* How the values of one file differ from those known on its day, by series.

   grain   series_id
   inputs  judged_outcomes, raw.outcomes
   columns
     series_id    varchar  the series
     n_changed    bigint   values that are other than before
     n_large      bigint   those that differ by more than half
     ratio        double   median of new to known values; NULL without any
     newest       date     newest period with a value in the file
     newest_known date     newest period with a value that was known of the series, whatever the day
   source  judged_outcomes
*/
with newest as (
    select
        series_id,
        max(period_start) as newest_known
    from raw.outcomes
    where value is not null
    group by series_id
)

select
    judged.series_id,
    count(*) filter (where judged.verdict = 'accepted' and judged.value_before is not null) as n_changed,
    count(*) filter (where judged.verdict = 'accepted' and abs(judged.value - judged.value_before) > 0.5 * abs(judged.value_before))
        as n_large,
    median(judged.value / nullif(judged.value_before, 0)) as ratio,
    max(judged.period_start) filter (where judged.value is not null) as newest,
    any_value(newest.newest_known) as newest_known
from judged_outcomes as judged
left join newest on judged.series_id = newest.series_id
where judged.verdict in ('accepted', 'known')
group by judged.series_id
order by judged.series_id
