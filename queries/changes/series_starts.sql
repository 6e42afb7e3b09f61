/* From which day on the days and sums of a pair must be read so that its indicators from one day on come out as they would of all.

   Tension looks at fourteen windows before a day. Before these the last day with acts of each series counts, and what it had in mind:
   64 half-lives, as what is older has lost more than a number of double precision holds.

   grain       pair
   inputs      core.dyad_day, staging.dyad_keys, staging.datasets
   parameters  dataset, since
   columns
     pair  varchar  the pair
     day   date     first day to read
   source  core.dyad_day
*/
with cut as (
    select
        half_life_days,
        $since::date - 14 * greatest(28, half_life_days) as day
    from staging.datasets
    where dataset = $dataset
),

last_days as (
    select
        dyad,
        max(day) as day
    from core.dyad_day
    where dataset = $dataset and domain = 'all' and day < (select cut.day from cut)
    group by dyad
)

select
    dyad_keys.pair,
    least(any_value(cut.day), min(last_days.day)) - 64 * any_value(cut.half_life_days) as day
from staging.dyad_keys
cross join cut
left join last_days on dyad_keys.dyad = last_days.dyad
group by dyad_keys.pair
