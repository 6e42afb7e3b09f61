/* What each story of the two levels adds to the shift between them. The contributions sum to the size of the change.

   grain   dataset, dyad, domain, change_place, place
   inputs  statistics.breaks, statistics.story_values
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
   source  statistics.breaks
*/
with both_levels as (
    select
        breaks.dataset,
        breaks.dyad,
        breaks.domain,
        breaks.place as change_place,
        story_values.place,
        story_values.day,
        story_values.story,
        story_values.value,
        story_values.place >= breaks.place as is_after
    from statistics.breaks
    inner join
        statistics.story_values
        on
            breaks.dataset = story_values.dataset
            and breaks.dyad = story_values.dyad
            and breaks.domain = story_values.domain
            and story_values.place between breaks.first_place and breaks.last_place
),

centred as (
    select
        *,
        value - avg(value) over (partition by dataset, dyad, domain, change_place) as deviation,
        count(*) over (partition by dataset, dyad, domain, change_place, is_after) as n_level
    from both_levels
),

contributed as (
    select
        *,
        case when is_after then 100e0 else -100e0 end * deviation / n_level as contribution
    from centred
),

shared as (
    select
        *,
        contribution / sum(contribution) over (partition by dataset, dyad, domain, change_place) as share
    from contributed
),

ranked as (
    select
        *,
        row_number() over (
            partition by dataset, dyad, domain, change_place
            order by round(share, 12) desc, abs(place - change_place) asc, place asc
        ) as rank
    from shared
)

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
    sum(share) over (
        partition by dataset, dyad, domain, change_place
        order by rank
        rows unbounded preceding
    ) as share_so_far
from ranked
