/* Deeds of friction that are only announced by then, as the register says.

   An order that takes effect within a day is one act. That no promise or threat changes what is in force is a check of publication too, see
   queries/checks/.

   inputs  raw.looked_at, raw.measures, raw.reports
   columns
     file_name   varchar  file of the row
     row_number  bigint   its line, the header is line 1
     name        varchar  the act
     finding     varchar  what is wrong and what was expected
   source  raw.reports, raw.measures; seeds/README.md, conventions
*/
with numbered as (
    select
        *,
        try_cast(state_date as date) as state_day,
        row_number() over () as line
    from raw.measures
),

followed as (
    select
        *,
        min(case when state in ('in_force', 'raised') then state_day end) over (
            partition by measure_id order by line rows between 1 following and unbounded following
        ) as effect_day
    from numbered
),

carried as (
    select
        event_id,
        any_value(measure_id) as measure_id,
        bool_and(state in ('floated', 'threatened', 'announced')) as is_only_announced,
        min(coalesce(effect_day, date '9999-12-31') - state_day) as days_to_effect
    from followed
    where event_id is not null
    group by event_id
)

select
    reports.file_name,
    reports.row_number,
    reports.source_event_id as name,
    'code ' || reports.code || ' is a deed, but ' || carried.measure_id
    || ' is only announced by it; write 13x here, and the deed on the day it takes effect' as finding
from raw.reports
inner join carried on reports.source_event_id = carried.event_id
left join raw.looked_at on reports.source_event_id = looked_at.event_id and looked_at.rule = 'announced'
where
    reports.dataset = 'chronology'
    and reports.code[1:2] in ('15', '16', '17')
    and carried.is_only_announced
    and carried.days_to_effect > 1
    and looked_at.event_id is null
order by reports.file_name, reports.row_number
