/* Days on which the level of a series shifts, with the size of the shift, the window of the day, and the stories that make it up.

   grain   dataset, dyad, domain, day
   inputs  statistics.change_points
   built   view
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
     false_alarms_shuffled  double     share of shuffled series of these stories in which a change is found
     false_alarms_blocks    double     the same with blocks of eight weeks shuffled
   source  statistics.change_points
*/
select
    dataset,
    dyad,
    domain,
    day,
    place,
    before_day,
    window_from,
    window_to,
    size,
    before,
    after,
    n_before,
    n_after,
    from_day,
    to_day,
    stories_for_half,
    top_stories,
    top_share,
    false_alarms_shuffled,
    false_alarms_blocks
from statistics.change_points
