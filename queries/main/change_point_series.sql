/* Where change points were looked for: each series with its length, what was found, and how often chance alone finds one.

   grain   dataset, dyad, domain
   inputs  statistics.change_series, statistics.change_trials, staging.method
   built   view
   columns
     dataset                varchar  where the stories come from
     dyad                   varchar  pair or direction
     domain                 varchar  subject, or all
     state                  varchar  searched, too few stories (fewer than 40), or all alike
     n_stories              bigint   stories
     first_day              date     day of the first
     last_day               date     day of the last that was looked at
     mean                   double   mean value, points
     sigma                  double   standard deviation of a value, points
     stories_a_step         bigint   1, or more where a long series is read as means of so many stories
     n_changes              bigint   changes found; NULL where not searched
     false_alarms_shuffled  double   share of shuffled series in which a change is found
     false_alarms_blocks    double   the same with blocks of eight weeks shuffled
     n_shuffles             bigint   shuffled series of each sort
   source  statistics.change_trials
*/
select
    change_series.dataset,
    change_series.dyad,
    change_series.domain,
    case
        when change_series.is_long then 'searched'
        when change_series.n_stories < method.change_stories then 'too few stories'
        else 'all alike'
    end as state,
    change_series.n_stories,
    change_series.first_day,
    change_series.last_day,
    100e0 * change_series.mean as mean,
    100e0 * change_series.sigma as sigma,
    change_series.stories_a_step,
    change_trials.n_changes,
    change_trials.false_alarms_shuffled,
    change_trials.false_alarms_blocks,
    change_trials.n_shuffles
from statistics.change_series
cross join staging.method
left join
    statistics.change_trials
    on
        change_series.dataset = change_trials.dataset
        and change_series.dyad = change_trials.dyad
        and change_series.domain = change_trials.domain
