/* What moved balance or intensity from one day to a later one: new events, fading of old ones, change of evidence. They sum to the change.

   parameters  for_dataset, for_dyad, for_domain, for_half_life_days, for_indicator, for_from_day, for_to_day, for_mutual := 'apart'
   columns
     event_id        varchar  the event
     event_day       date     its day
     directed_dyad   varchar  actor>target, as coded
     kind            varchar  verbal or material cooperation or friction
     domain          varchar  subject
     story           varchar  the unit of independent evidence
     new             double   contribution on the later day of an event after the earlier day
     fading          double   change of an old event's decayed weight, over the later day's N + κ
     evidence        double   what an old event gains or loses because N + κ changed
     moved           double   the three together
     summary         varchar  one sentence
     summary_es      varchar  the same in Spanish, where the curator wrote one
   source  core.credits; METHOD 7
*/
with aged as (
    select
        *,
        day > for_from_day::date as is_new,
        case
            when day > for_from_day::date then 0e0
            else pow(2e0, -date_diff('day', day, for_from_day::date) / for_half_life_days::double)
        end as decay_before,
        pow(2e0, -date_diff('day', day, for_to_day::date) / for_half_life_days::double) as decay_after
    from main.counted(for_dataset, for_dyad, for_domain, for_half_life_days, for_indicator, for_from_day, for_to_day, for_mutual)
),

summed as (
    select
        aged.*,
        method.kappa + sum(decay_before * weight) over () as divisor_before,
        method.kappa + sum(decay_after * weight) over () as divisor_after
    from aged
    cross join staging.method
),

parts as (
    select
        *,
        case when is_new then decay_after * weight * points / divisor_after else 0e0 end as new,
        case when is_new then 0e0 else (decay_after - decay_before) * weight * points / divisor_after end as fading,
        decay_before * weight * points * (1e0 / divisor_after - 1e0 / divisor_before) as evidence
    from summed
)

select
    parts.event_id,
    parts.day as event_day,
    events.directed_dyad,
    parts.kind,
    parts.domain,
    parts.story,
    parts.new,
    parts.fading,
    parts.evidence,
    parts.new + parts.fading + parts.evidence as moved,
    events.summary,
    events.summary_es
from parts
inner join core.events on parts.event_id = events.event_id and parts.day = events.event_day and events.dataset = for_dataset
