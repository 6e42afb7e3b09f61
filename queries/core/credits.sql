/* In which series an event may count: once for its pair, and for who acts; a mutual act for both directions, as it has two doers.

   grain   dataset, dyad, event_id
   inputs  core.events, core.happenings
   by      dataset, day
   columns
     dataset     varchar  where the event comes from
     dyad        varchar  MEX-USA for the pair, USA>MEX for a direction
     event_id    varchar  the event
     day         date     its day
     story       varchar  one page on one day; in curated data one event
     happening   varchar  the unit of evidence: stories that belong together
     domain      varchar  subject
     kind        varchar  verbal or material cooperation or friction
     n_articles  bigint   articles
     weight      double   weight in the indicators
     sign        integer  1 for cooperation, -1 for friction
     score       double   weight of the code, -10..10
     is_mutual   boolean  both sides act
     is_mirror   boolean  it counts here although it is coded in the other direction
   source  core.events; back-dated and excluded events are left out
*/
with counted as (
    select
        events.*,
        happenings.happening,
        events.target_country || '>' || events.source_country as mirrored_dyad
    from core.events
    inner join core.happenings on events.dataset = happenings.dataset and events.dyad = happenings.dyad and events.story = happenings.story
    where not events.is_backdated and events.is_excluded is not true
),

credited as (
    select
        dataset,
        dyad,
        event_id,
        false as is_mirror
    from counted
    union all
    select
        dataset,
        directed_dyad as dyad,
        event_id,
        false as is_mirror
    from counted
    union all
    select
        dataset,
        mirrored_dyad as dyad,
        event_id,
        true as is_mirror
    from counted
    where is_mutual
)

select
    credited.dataset,
    credited.dyad,
    credited.event_id,
    counted.event_day as day,
    counted.story,
    counted.happening,
    counted.domain,
    counted.kind,
    counted.n_articles,
    counted.weight,
    counted.sign,
    counted.score,
    counted.is_mutual,
    credited.is_mirror
from credited
inner join counted on credited.event_id = counted.event_id
