/* The value of each story in the order of days: what change points are looked for in.

   Machine-coded datasets end with their last whole week, so that a daily refresh does not look for change points every day.

   grain   dataset, dyad, domain, place
   inputs  core.story_day, staging.datasets
   built   passing
   columns
     dataset  varchar  where the stories come from
     dyad     varchar  pair or direction
     domain   varchar  subject, or all
     place    bigint   1 for the first story of the series
     day      date     day of the story
     story    varchar  the unit of independent evidence
     value    double   weight times sign over weight: 1 all cooperation .. -1 all friction
   source  core.story_day: s / n
*/
with ends as (
    select
        story_day.dataset,
        datasets.is_curated,
        max(story_day.day) as last_day
    from core.story_day
    inner join staging.datasets on story_day.dataset = datasets.dataset
    group by story_day.dataset, datasets.is_curated
),

kept_days as (
    select
        dataset,
        case
            when is_curated then last_day
            else (last_day - ((date_diff('day', date '2024-01-01', last_day) + 1) % 7)::integer)::date
        end as last_day
    from ends
)

select
    story_day.dataset,
    story_day.dyad,
    story_day.domain,
    row_number() over (
        partition by story_day.dataset, story_day.dyad, story_day.domain
        order by story_day.day, story_day.story
    ) as place,
    story_day.day,
    story_day.story,
    story_day.s / story_day.n as value
from core.story_day
inner join kept_days on story_day.dataset = kept_days.dataset and story_day.day <= kept_days.last_day
