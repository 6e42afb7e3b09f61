/* Series of stories that are long enough to look for change points.

   grain   dataset, dyad, domain
   inputs  statistics.story_values, staging.method
   built   passing
   columns
     dataset         varchar  where the stories come from
     dyad            varchar  pair or direction
     domain          varchar  subject, or all
     n_stories       bigint   stories
     first_day       date     day of the first
     last_day        date     day of the last
     mean            double   mean of the values
     sigma           double   their standard deviation
     stories_a_step  bigint   stories that are searched as one: 1, or more in a series of more than `change_steps`
     is_long         boolean  at least `change_stories` of seeds/method.csv, and not all alike
   source  statistics.story_values
*/
select
    story_values.dataset,
    story_values.dyad,
    story_values.domain,
    count(*) as n_stories,
    min(story_values.day) as first_day,
    max(story_values.day) as last_day,
    avg(story_values.value) as mean,
    stddev_pop(story_values.value) as sigma,
    ceil(count(*) / max(method.change_steps)::double)::bigint as stories_a_step,
    count(*) >= max(method.change_stories) and min(story_values.value) < max(story_values.value) as is_long
from statistics.story_values
cross join staging.method
group by story_values.dataset, story_values.dyad, story_values.domain
