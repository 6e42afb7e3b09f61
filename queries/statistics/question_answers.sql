/* The answer to each question from the record: yes, no, unread where the record of the pair ends before the window does, or void.

   Silence is no answer: a window that was not read to its end is unread, whatever is known of its first days, so that what is read
   later does not depend on the answer.

   grain   kind, subject, asked_on
   inputs  statistics.question_windows, statistics.record_days, statistics.friction_deeds, staging.dyads, staging.measures
   columns
     kind      varchar  friction_deed or measure_state
     subject   varchar  direction, or measure
     asked_on  date     day of asking
     answer    varchar  yes, no, void or unread
     reason    varchar  withdrawn, not computable or corrected where it is void; record ends on a day where it is unread
     evidence  varchar  the event, or measure:step, that makes a yes
   source  core.events, seeds/measures.csv
*/
with on_record as (
    select distinct
        measure_id,
        dyad
    from staging.measures
),

placed as (
    select
        windows.*,
        case
            when windows.kind = 'measure_state' then on_record.dyad
            else least(left(windows.subject, 3), right(windows.subject, 3)) || '-' || greatest(left(windows.subject, 3), right(windows.subject, 3))
        end as dyad
    from statistics.question_windows as windows
    left join on_record on windows.kind = 'measure_state' and windows.subject = on_record.measure_id
),

states as (
    select
        placed.kind,
        placed.subject,
        placed.asked_on,
        max_by(
            measures.state in ('announced', 'threatened', 'paused') and measures.is_in_force = 'no', measures.step
        ) filter (where measures.state_day <= placed.asked_on) as is_waiting,
        min(measures.step) filter (
            where measures.is_in_force <> 'no' and measures.state_day between placed.window_start and placed.window_end
        ) as step_in_force
    from placed
    inner join staging.measures on placed.kind = 'measure_state' and placed.subject = measures.measure_id
    group by placed.kind, placed.subject, placed.asked_on
),

deeds as (
    select
        placed.kind,
        placed.subject,
        placed.asked_on,
        arg_min(deeds.event_id, (deeds.day, deeds.event_id)) as event_id
    from placed
    inner join statistics.friction_deeds as deeds
        on
            placed.kind = 'friction_deed'
            and placed.subject = deeds.subject
            and deeds.day between placed.window_start and placed.window_end
    group by placed.kind, placed.subject, placed.asked_on
),

ends as (
    select
        placed.kind,
        placed.subject,
        placed.asked_on,
        max(record_days.day) as content_to
    from placed
    inner join statistics.record_days on placed.dyad = record_days.dyad and placed.known_on >= record_days.day
    group by placed.kind, placed.subject, placed.asked_on
),

found as (
    select
        placed.*,
        dyads.dyad is not null as is_configured,
        states.is_waiting,
        ends.content_to,
        case placed.kind
            when 'measure_state' then placed.subject || ':' || states.step_in_force
            else deeds.event_id
        end as evidence,
        case
            when placed.dyad is null then 'withdrawn'
            when dyads.dyad is null then 'not computable'
            when placed.kind = 'measure_state' and not coalesce(states.is_waiting, false) then 'corrected'
        end as void_reason
    from placed
    left join staging.dyads on placed.dyad = dyads.dyad
    left join states
        on placed.kind = states.kind and placed.subject = states.subject and placed.asked_on = states.asked_on
    left join deeds
        on placed.kind = deeds.kind and placed.subject = deeds.subject and placed.asked_on = deeds.asked_on
    left join ends
        on placed.kind = ends.kind and placed.subject = ends.subject and placed.asked_on = ends.asked_on
)

select
    kind,
    subject,
    asked_on,
    case
        when void_reason is not null then 'void'
        when content_to is null or content_to < window_end then 'unread'
        when evidence is not null then 'yes'
        else 'no'
    end as answer,
    case
        when void_reason is not null then void_reason
        when content_to is null then 'record is gone'
        when content_to < window_end then 'record ends ' || content_to
    end as reason,
    case when void_reason is null and content_to >= window_end then evidence end as evidence
from found
