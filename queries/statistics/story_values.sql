/* The value of each story in the order of days: what change points are looked for in.

   They end with the dataset's last settled day, so that a daily refresh does not look for change points every day.

   grain   dataset, dyad, domain, place
   inputs  core.story_day, core.settled
   when    core.settled
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
inner join core.settled on story_day.dataset = settled.dataset and story_day.day <= settled.last_day
