/* Questions to ask today with their forecasts: one a week of each direction that had a conflictual action and of each measure that waits.

   Where the record of a pair ends more than 3 days before, the forecast is late; it is asked again in the same week once it is not.

   parameters  day
   source  main.forecasts_on, raw.questions, raw.forecasts
*/
with asked as (
    select
        questions.kind,
        questions.subject,
        bool_or(date_diff('day', forecasts.content_to, forecasts.made_at::date) <= 3) as is_on_time
    from raw.questions
    inner join raw.forecasts on questions.question_id = forecasts.question_id
    where date_trunc('week', questions.asked_on) = date_trunc('week', $day::date)
    group by questions.kind, questions.subject
),

measures as (
    select distinct on (measure_id)
        measure_id,
        measure_name,
        measure_name_es
    from main.measures
),

named as (
    select
        rates.*,
        source.name_en as source_en,
        source.name_es as source_es,
        target.name_en as target_en,
        target.name_es as target_es,
        measures.measure_name,
        coalesce(measures.measure_name_es, measures.measure_name) as measure_name_es
    from forecasts_on($day::date) as rates
    left join main.countries as source on left(rates.subject, 3) = source.country and rates.kind = 'friction_deed'
    left join main.countries as target on right(rates.subject, 3) = target.country and rates.kind = 'friction_deed'
    left join measures on rates.subject = measures.measure_id and rates.kind = 'measure_state'
)

select
    named.kind,
    named.subject,
    named.domain,
    named.condition,
    $day::date as asked_on,
    $day::date + 1 as window_start,
    $day::date + 28 as window_end,
    $day::date + 42 as settles_on,
    case named.kind
        when 'friction_deed'
            then concat('The timeline has a conflictual action of ', named.source_en, ' towards ', named.target_en, ' on one of these days.')
        else concat('The register says that the measure “', named.measure_name, '” is in force, wholly or partly, from one of these days on.')
    end as yes_if_en,
    case named.kind
        when 'friction_deed'
            then concat('La cronología tiene una acción de fricción de ', named.source_es, ' hacia ', named.target_es, ' en uno de estos días.')
        else concat('El registro dice que la medida «', named.measure_name_es, '» está en vigor, total o parcialmente, desde uno de estos días.')
    end as yes_if_es,
    'rate_v1' as method_version,
    named.content_to,
    named.p,
    named.p_base,
    named.base_k,
    named.base_n,
    named.p_low,
    named.p_high,
    'rate_v1' as method
from named
left join asked on named.kind = asked.kind and named.subject = asked.subject
where asked.subject is null or (not asked.is_on_time and date_diff('day', named.content_to, $day::date) <= 3)
order by named.kind, named.subject
