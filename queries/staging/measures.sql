/* Policy measures followed through their states.

   A course of a measure ends when it goes out of force or is withdrawn, and another one may begin. The day on which a course was announced
   and the day on which it took effect are two days: words are not yet deeds.

   grain   measure_id, step
   inputs  raw.measures, raw.translations
   columns
     measure_id         varchar  stable name of the measure
     step               integer  running number of its changes
     measure_name       varchar  short title
     domain             varchar  subject
     instrument         varchar  kind of measure
     imposing_country   varchar  ISO 3166-1 alpha-3 of who imposes it
     target_country     varchar  ISO 3166-1 alpha-3 of whom it meets
     dyad               varchar  the pair of the two
     scope              varchar  bilateral, or all-partners where it meets many countries
     state              varchar  state from this day on
     state_day          date     day of the change
     announced_on       date     day on which this course of the measure was announced before it took effect; NULL where no such day is recorded
     effective_on       date     day on which this course took effect; NULL while it has not
     is_in_force        varchar  in force after this change: yes, partly (a part is exempt, put off or ended) or no
     until              date     next date that was known on that day; null where none was
     until_kind         varchar  what is scheduled for that date: start, rise, end, pause_ends, exemption_ends, review or due
     rate_percent       double   rate that this state sets or names, per cent
     legal_basis        varchar  act, order or case
     event_id           varchar  event that carries the change
     note               varchar  remark
     verified           varchar  how the row was checked
     source_title       varchar  page or document that shows the change, where no event carries it
     source_url         varchar  its address
     last_confirmed     date     newest day on which a source shows the state; of an earlier state the day of the change that ended it
     confirmed_by       varchar  what that source says; NULL where it is the change itself
     confirmed_url      varchar  its address
     contested          varchar  who disputes the state, or what is unclear
     measure_name_es    varchar  the short title in Spanish; NULL where it is not translated
     note_es            varchar  the remark in Spanish; NULL where it is not translated
     contested_es       varchar  the dispute in Spanish; NULL where it is not translated
   source  seeds/measures.csv, seeds/translations.csv
*/
with numbered as (
    select
        *,
        state_date::date as state_day,
        row_number() over () as line
    from raw.measures
),

ending as (
    select
        *,
        is_in_force = 'no'
        and (
            state in ('lifted', 'expired', 'struck_down')
            or coalesce(lag(is_in_force) over (partition by measure_id order by line), 'no') <> 'no'
        ) as is_end
    from numbered
),

followed as (
    select
        *,
        row_number() over states as step,
        coalesce(lead(state_day) over states, greatest(state_day, last_confirmed::date)) as confirmed_day,
        count(case when is_end then 1 end) over (
            partition by measure_id order by line rows between unbounded preceding and 1 preceding
        ) as course
    from ending
    window states as (partition by measure_id order by line)
),

dated as (
    select
        measure_id,
        step::integer as step,
        measure_name,
        replace(domain, '/', '-') as domain,
        instrument,
        imposing_country,
        target_country,
        least(imposing_country, target_country) || '-' || greatest(imposing_country, target_country) as dyad,
        scope,
        state,
        state_day,
        min(case when state = 'announced' and is_in_force = 'no' then state_day end) over course_so_far as announced_on,
        min(case when is_in_force <> 'no' then state_day end) over course_so_far as effective_on,
        is_in_force,
        until::date as until,
        until_kind,
        rate_percent::double as rate_percent,
        legal_basis,
        event_id,
        note,
        verified,
        source_title,
        source_url,
        confirmed_day as last_confirmed,
        confirmed_by,
        confirmed_url,
        contested
    from followed
    window course_so_far as (partition by measure_id, course order by step)
)

select
    dated.*,
    names.spanish as measure_name_es,
    notes.spanish as note_es,
    disputes.spanish as contested_es
from dated
left join raw.translations as names on dated.measure_name = names.english
left join raw.translations as notes on dated.note = notes.english
left join raw.translations as disputes on dated.contested = disputes.english
