/* What change points are looked for in: the stories of a long series, one a step, or more where the series is too long to be searched story by story.

   A search is quadratic and there are hundreds of shuffled ones, so a series has at most `change_steps` steps.

   grain   dataset, dyad, domain, step
   inputs  statistics.story_values, statistics.change_series
   columns
     dataset      varchar  where the stories come from
     dyad         varchar  pair or direction
     domain       varchar  subject, or all
     step         bigint   0 for the first
     first_place  bigint   place of its first story
     last_place   bigint   place of its last story
     day_no       bigint   day of its first story, 0 on a Monday
     value        double   mean value of its stories, to 12 places, so that no rounding error counts as news
   source  statistics.story_values; stories left over belong to the last step
*/
with stepped as (
    select
        story_values.dataset,
        story_values.dyad,
        story_values.domain,
        story_values.place,
        story_values.day,
        story_values.value,
        least(
            (story_values.place - 1) // change_series.stories_a_step,
            change_series.n_stories // change_series.stories_a_step - 1
        ) as step
    from statistics.story_values
    inner join
        statistics.change_series
        on
            story_values.dataset = change_series.dataset
            and story_values.dyad = change_series.dyad
            and story_values.domain = change_series.domain
    where change_series.is_long
)

select
    dataset,
    dyad,
    domain,
    step,
    min(place) as first_place,
    max(place) as last_place,
    date_diff('day', date '2000-01-03', min(day)) as day_no,
    round(avg(value), 12) as value
from stepped
group by dataset, dyad, domain, step
