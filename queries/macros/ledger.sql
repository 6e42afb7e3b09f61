/* The ledger of one point of balance or intensity: every event that counts, with what it contributes. The contributions sum to the value.

   With for_most the weightiest are listed and all others are one last row without an event_id, so that the sum stays whole.

   parameters  for_dataset, for_dyad, for_domain, for_half_life_days, for_indicator, for_day, for_mutual := 'apart', for_most := null
   columns
     event_id        varchar  the event
     event_day       date     its day
     directed_dyad   varchar  actor>target, as coded
     code            varchar  CAMEO code
     kind            varchar  verbal or material cooperation or friction
     domain          varchar  subject
     story           varchar  one page on one day; in curated data one event
     happening       varchar  the unit of evidence: stories that belong together
     weight          double   weight of the event
     sign            integer  1 for cooperation, -1 for friction
     score           double   weight of the code, -10..10
     decay           double   2^(-age / half-life)
     contribution    double   100 c w sign / (N + κ), or c w score / (N + κ), in the indicator's unit
     without_story   double   value of the indicator if this event's story had not been told
     correction      varchar  what the user's corrections changed in the event
     summary         varchar  one sentence
     summary_es      varchar  the same in Spanish, where the curator wrote one
     url             varchar  address
     source_side     varchar  from whom the act is known, see events
     verified        varchar  how the row was checked
     n_events        bigint   1; in the last row how many events it stands for
   source  core.credits; METHOD 7
*/
with aged as materialized (
    select
        *,
        pow(2e0, -date_diff('day', day, for_day::date) / for_half_life_days::double) as decay
    from main.counted(for_dataset, for_dyad, for_domain, for_half_life_days, for_indicator, for_day, for_day, for_mutual)
),

whole as materialized (
    select
        count(*) as n_events,
        sum(decay * weight) + any_value(method.kappa) as weight,
        sum(decay * weight * points) as points
    from aged
    cross join staging.method
),

listed as materialized (
    select *
    from aged
    order by abs(decay * weight * points) desc, event_id asc
    limit least(coalesce(for_most, 9223372036854775807), 9223372036854775807)::bigint
),

others as (
    select
        whole.n_events - count(*) as n_events,
        any_value(whole.points) - sum(listed.decay * listed.weight * listed.points) as points
    from whole
    cross join listed
    group by whole.n_events
),

of_stories as (
    select
        story,
        sum(decay * weight) as weight,
        sum(decay * weight * points) as points
    from aged
    where story in (select story from listed)
    group by story
)

select
    listed.event_id,
    listed.day as event_day,
    events.directed_dyad,
    events.code,
    listed.kind,
    listed.domain,
    listed.story,
    listed.happening,
    listed.weight,
    listed.sign,
    listed.score,
    listed.decay,
    listed.decay * listed.weight * listed.points / whole.weight as contribution,
    (whole.points - of_stories.points) / (whole.weight - of_stories.weight) as without_story,
    events.correction,
    events.summary,
    events.summary_es,
    events.url,
    events.source_side,
    events.verified,
    1::bigint as n_events
from listed
cross join whole
inner join of_stories on listed.story = of_stories.story
inner join main.events on listed.event_id = events.event_id and listed.day = events.event_day and events.dataset = for_dataset
union all
select
    null as event_id,
    null as event_day,
    null as directed_dyad,
    null as code,
    null as kind,
    null as domain,
    null as story,
    null as happening,
    null as weight,
    null as sign,
    null as score,
    null as decay,
    others.points / whole.weight as contribution,
    null as without_story,
    null as correction,
    others.n_events || ' more events' as summary,
    null as summary_es,
    null as url,
    null as source_side,
    null as verified,
    others.n_events
from whole
cross join others
where others.n_events > 0
