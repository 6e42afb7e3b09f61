/* Where change points were looked for: each series with its length, what was found, and how often chance alone fits one as well.

   grain   dataset, dyad, domain
   inputs  statistics.change_series, statistics.change_tests, staging.method
   built   view
   columns
     dataset                varchar  where the stories come from
     dyad                   varchar  pair or direction
     domain                 varchar  subject, or all
     state                  varchar  searched, too few stories (fewer than 40), too short (fewer than 8 half-years), or all alike
     n_stories              bigint   stories
     first_day              date     day of the first
     last_day               date     day of the last that was looked at
     mean                   double   mean value, points
     sigma                  double   standard deviation of a value, points
     stories_a_step         bigint   1, or more where a long series is read as means of so many stories
     n_half_years           bigint   half-years with stories
     design_effect          double   how much more half-years differ than as many independent stories would; 1 at least
     p                      double   share of other orders of its half-years in which two levels fit as well
     q                      double   false discovery rate among all series of the dataset with this p or less
     n_changes              bigint   significant changes; NULL where not searched
     n_shuffles             bigint   orders that p rests on
   source  statistics.change_tests
*/
select
    change_series.dataset,
    change_series.dyad,
    change_series.domain,
    case
        when change_series.is_long and change_tests.p is null then 'too short'
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
    change_tests.n_half_years,
    change_tests.design_effect,
    change_tests.p,
    change_tests.q,
    case when change_tests.p is not null then change_tests.n_changes * change_tests.is_claimed::bigint end as n_changes,
    change_tests.n_shuffles
from statistics.change_series
cross join staging.method
left join
    statistics.change_tests
    on
        change_series.dataset = change_tests.dataset
        and change_series.dyad = change_tests.dyad
        and change_series.domain = change_tests.domain
