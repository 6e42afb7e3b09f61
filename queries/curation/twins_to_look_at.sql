/* Acts whose sentence names a second country beside the target, in whose pair the actor has no act of that day: perhaps a row is lacking there.

   inputs  raw.countries, raw.looked_at, raw.reports
   columns
     file_name   varchar  file of the row
     row_number  bigint   its line, the header is line 1
     name        varchar  the act
     finding     varchar  which pair may lack it
   source  raw.reports; seeds/README.md, conventions
*/
with acts as (
    select *
    from raw.reports
    where dataset = 'chronology'
),

spans as (
    select
        list_sort([source_country, target_country]) as pair,
        min(event_day) as first_day,
        max(event_day) as last_day
    from acts
    group by pair
),

named as (
    select
        acts.report_id,
        countries.iso3 as country
    from acts
    inner join raw.countries
        on contains(acts.summary, countries.name_en) and regexp_matches(acts.summary, '\b' || countries.name_en || '\b')
),

also as (
    select
        acts.*,
        others.country as other
    from acts
    inner join named as targets on acts.report_id = targets.report_id and acts.target_country = targets.country
    inner join named as others on acts.report_id = others.report_id
    left join named as sources on acts.report_id = sources.report_id and acts.source_country = sources.country
    where others.country not in (acts.source_country, acts.target_country) and sources.country is null
)

select
    also.file_name,
    also.row_number,
    also.source_event_id as name,
    'names ' || also.other || ' too, where ' || also.source_country || ' has no act of this day: ' || also.summary as finding
from also
inner join
    spans
    on list_sort([also.source_country, also.other]) = spans.pair and also.event_day between spans.first_day and spans.last_day
left join
    acts as twins
    on also.event_day = twins.event_day and also.source_country = twins.source_country and also.other = twins.target_country
left join raw.looked_at on also.source_event_id = looked_at.event_id and looked_at.rule = 'twin'
where twins.report_id is null and looked_at.event_id is null
order by also.file_name, also.row_number
