/* The stories among which change points are looked for: those of long series, as numbers.

   grain   dataset, dyad, domain, place
   inputs  statistics.story_values, statistics.change_series
   built   passing
   columns
     dataset  varchar  where the stories come from
     dyad     varchar  pair or direction
     domain   varchar  subject, or all
     place    bigint   1 for the first story of the series
     day_no   bigint   day of the story, 0 on a Monday
     value    double   1 all cooperation .. -1 all friction, to 12 places, so that no rounding error counts as news
   source  statistics.story_values
*/
select
    story_values.dataset,
    story_values.dyad,
    story_values.domain,
    story_values.place,
    date_diff('day', date '2000-01-03', story_values.day) as day_no,
    round(story_values.value, 12) as value
from statistics.story_values
inner join
    statistics.change_series
    on
        story_values.dataset = change_series.dataset
        and story_values.dyad = change_series.dyad
        and story_values.domain = change_series.domain
where change_series.is_long
