/* Days on which the level of a series shifts, with the size of the shift, the window of the day, and the stories that make it up.

   grain   dataset, dyad, domain, day
   inputs  statistics.breaks, statistics.change_stories, statistics.change_tests
   columns
     dataset                varchar    where the stories come from
     dyad                   varchar    pair or direction
     domain                 varchar    subject, or all
     day                    date       day of the first story after the change
     place                  bigint     its place in the series
     before_day             date       day of the last story before it
     window_from            date       first day of the 95 % window of the change
     window_to              date       last day of it
     size                   double     level after minus level before, points -200..200
     before                 double     level before, 100 times the mean value of its stories, points
     after                  double     level after, points
     n_before               bigint     stories of the level before
     n_after                bigint     stories of the level after
     from_day               date       first day of the level before
     to_day                 date       last day of the level after
     stories_for_half       bigint     fewest stories that make up half of the shift
     top_stories            varchar[]  the five stories that make up most of it
     top_share              double     their share of the shift
     p                      double     share of other orders of the series' half-years in which two levels fit as well
     q                      double     false discovery rate among all series of the dataset with this p or less
     design_effect          double     how much more half-years differ than as many independent stories would
   source  statistics.breaks; METHOD 7
*/
with told as (
    select
        dataset,
        dyad,
        domain,
        change_place,
        min(day) filter (where is_after) as day,
        max(day) filter (where not is_after) as before_day,
        100e0 * avg(value) filter (where not is_after) as before,
        100e0 * avg(value) filter (where is_after) as after,
        count(*) filter (where not is_after) as n_before,
        count(*) filter (where is_after) as n_after,
        min(day) as from_day,
        max(day) as to_day,
        min(rank) filter (where share_so_far >= 0.5e0) as stories_for_half,
        list(story order by rank) filter (where rank <= 5) as top_stories,
        sum(share) filter (where rank <= 5) as top_share
    from statistics.change_stories
    group by dataset, dyad, domain, change_place
),

windows as (
    select
        breaks.dataset,
        breaks.dyad,
        breaks.domain,
        breaks.place,
        min(change_stories.day) as window_from,
        max(change_stories.day) as window_to
    from statistics.breaks
    inner join
        statistics.change_stories
        on
            breaks.dataset = change_stories.dataset
            and breaks.dyad = change_stories.dyad
            and breaks.domain = change_stories.domain
            and breaks.place = change_stories.change_place
            and change_stories.place between breaks.window_first and breaks.window_last
    group by breaks.dataset, breaks.dyad, breaks.domain, breaks.place
)

select
    told.dataset,
    told.dyad,
    told.domain,
    told.day,
    told.change_place as place,
    told.before_day,
    windows.window_from,
    windows.window_to,
    told.after - told.before as size,
    told.before,
    told.after,
    told.n_before,
    told.n_after,
    told.from_day,
    told.to_day,
    told.stories_for_half,
    told.top_stories,
    told.top_share,
    change_tests.p,
    change_tests.q,
    change_tests.design_effect
from told
inner join
    windows
    on
        told.dataset = windows.dataset
        and told.dyad = windows.dyad
        and told.domain = windows.domain
        and told.change_place = windows.place
inner join
    statistics.change_tests
    on told.dataset = change_tests.dataset and told.dyad = change_tests.dyad and told.domain = change_tests.domain
order by told.dataset, told.dyad, told.domain, told.day
