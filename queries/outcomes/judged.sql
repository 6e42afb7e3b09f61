/* Values of one file against what was known on its day: new, known, refused, or empty (no value, and none was known).

   grain   none
   inputs  incoming_outcomes, raw.outcomes, staging.outcome_keys
   parameters  reader, known_from
   columns
     line          bigint   line of the file
     series_id     varchar  the series
     period_start  date     first day of the period
     period_end    date     its last day
     value         double   in the unit of the series; NULL where the source gives none
     decimals      integer  decimal places with which the source wrote it
     status        varchar  observed, preliminary or withdrawn
     raw           varchar  the line, or what matters of it
     value_before  double   value that was known on the day of the file
     refusal       varchar  what is wrong and what was expected; NULL for a good value
     verdict       varchar  accepted, known, rejected or empty
   source  incoming_outcomes
*/
with wanted as (
    select
        incoming.*,
        keys.series_id,
        keys.transform,
        case when keys.frequency = 'month' then last_day(incoming.day) else incoming.day end as period_end,
        keys.frequency = 'month' and day(incoming.day) <> 1 as is_inside,
        count(distinct incoming.value) over (partition by keys.series_id, incoming.day) as n_values,
        row_number() over (partition by keys.series_id, incoming.day order by incoming.refusal, incoming.line) as place
    from incoming_outcomes as incoming
    inner join staging.outcome_keys as keys on keys.reader = $reader and incoming.source_key = keys.source_key
),

standing as (
    select
        series_id,
        period_start,
        value,
        decimals
    from raw.outcomes
    where known_from <= $known_from
    qualify row_number() over (partition by series_id, period_start order by known_from desc, file_id desc) = 1
),

compared as (
    select
        wanted.*,
        standing.value as value_before,
        abs(wanted.value - standing.value) <= 0.501 * power(10, -least(wanted.decimals, standing.decimals)) as is_same,
        case
            when wanted.refusal is not null then wanted.refusal
            when wanted.is_inside then 'the period begins on ' || wanted.day || '; the first day of a month was expected'
            when wanted.n_values > 1 then 'the period stands more than once in the file, with different values'
            when wanted.value < 0 and wanted.transform = 'dlog' then 'the value is below 0, which this series cannot be'
        end as fault
    from wanted
    left join standing on wanted.series_id = standing.series_id and wanted.day = standing.period_start
)

select
    line,
    series_id,
    day as period_start,
    period_end,
    value,
    decimals,
    case when value is null then 'withdrawn' else status end as status,
    raw,
    value_before,
    fault as refusal,
    case
        when fault is not null then 'rejected'
        when value is null and value_before is null then 'empty'
        when place > 1 or is_same then 'known'
        else 'accepted'
    end as verdict
from compared
