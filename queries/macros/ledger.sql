/* The ledger of one point of balance or intensity: every event that counts, with what it contributes. The contributions sum to the value.

   With for_most the weightiest are listed and all others are one last row without an event_id, so that the sum stays whole.

   parameters  for_dataset, for_dyad, for_domain, for_half_life_days, for_indicator, for_day, for_mutual := 'both', for_most := null
   columns
     event_id        varchar  the event
     event_day       date     its day
     directed_dyad   varchar  who acts > on whom, as coded
     code            varchar  CAMEO code
     kind            varchar  verbal or material cooperation or friction
     domain          varchar  subject
     story           varchar  the unit of independent evidence
     weight          double   weight of the event
     sign            integer  1 for cooperation, -1 for friction
     score           double   weight of the code, -10..10
     decay           double   2^(-age / half-life)
     contribution    double   100 c w sign / (N + κ), or c w score / (N + κ), in the indicator's unit
     without_story   double   value of the indicator if this event's story had not been told
     correction      varchar  what the user's corrections changed in the event
     summary         varchar  one sentence
     url             varchar  address
     n_events        bigint   1; in the last row how many events it stands for
   source  core.credits; METHOD 7
*/
with aged as (
    select
        *,
        pow(2e0, -date_diff('day', day, for_day::date) / for_half_life_days::double) as decay
    from main.counted(for_dataset, for_dyad, for_domain, for_indicator, for_day, for_mutual)
),

summed as (
    select
        aged.*,
        method.kappa,
        sum(decay * weight) over () as total_weight,
        sum(decay * weight * points) over () as total,
        sum(decay * weight) over (partition by story) as story_weight,
        sum(decay * weight * points) over (partition by story) as story_total
    from aged
    cross join staging.method
),

told as (
    select
        summed.event_id,
        summed.day as event_day,
        events.directed_dyad,
        events.code,
        summed.kind,
        summed.domain,
        summed.story,
        summed.weight,
        summed.sign,
        summed.score,
        summed.decay,
        summed.decay * summed.weight * summed.points / (summed.total_weight + summed.kappa) as contribution,
        (summed.total - summed.story_total) / (summed.total_weight - summed.story_weight + summed.kappa) as without_story,
        events.correction,
        events.summary,
        events.url
    from summed
    inner join core.events on summed.event_id = events.event_id
),

placed as (
    select
        *,
        row_number() over (order by abs(contribution) desc, event_id asc) as place
    from told
)

select
    event_id,
    event_day,
    directed_dyad,
    code,
    kind,
    domain,
    story,
    weight,
    sign,
    score,
    decay,
    contribution,
    without_story,
    correction,
    summary,
    url,
    1::bigint as n_events
from placed
where for_most is null or place <= for_most
union all
select
    null as event_id,
    null as event_day,
    null as directed_dyad,
    null as code,
    null as kind,
    null as domain,
    null as story,
    null as weight,
    null as sign,
    null as score,
    null as decay,
    sum(contribution) as contribution,
    null as without_story,
    null as correction,
    count(*) || ' more events' as summary,
    null as url,
    count(*) as n_events
from placed
where place > for_most
having count(*) > 0
