/* What each story of the two levels adds to the shift between them. The contributions sum to the size of the change.

   grain   dataset, dyad, domain, change_place, place
   inputs  statistics.change_stories
   built   view
   columns
     dataset       varchar  where the stories come from
     dyad          varchar  pair or direction
     domain        varchar  subject, or all
     change_place  bigint   first story after the change
     place         bigint   the story's place
     day           date     day of the story
     story         varchar  the unit of independent evidence
     is_after      boolean  the story is on or after the change
     value         double   1 all cooperation .. -1 all friction
     contribution  double   points of the shift: 100 (value - mean of both levels) / stories of its level, negated before the change
     rank          bigint   1 for the largest contribution in the direction of the shift, the one next to the change among equals
     share         double   contribution over the size of the shift
     share_so_far  double   sum of the shares up to this rank
   source  statistics.change_stories
*/
select
    dataset,
    dyad,
    domain,
    change_place,
    place,
    day,
    story,
    is_after,
    value,
    contribution,
    rank,
    share,
    share_so_far
from statistics.change_stories
