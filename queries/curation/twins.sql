/* Acts towards the governments of several countries that lack a row in the pair of one of them: same day, same actor, same code.

   A pair whose record ends earlier, or is not there, lacks nothing.

   inputs  raw.countries, raw.looked_at, raw.reports
   columns
     file_name   varchar  file of the row
     row_number  bigint   its line, the header is line 1
     name        varchar  the act
     finding     varchar  which pair lacks it
   source  raw.reports; seeds/README.md, conventions
*/
with several as (
    select *
    from raw.reports
    where dataset = 'chronology' and regexp_matches(target_name, '^Governments of .+ and ')
),

spans as (
    select
        list_sort([source_country, target_country]) as pair,
        min(event_day) as first_day,
        max(event_day) as last_day
    from raw.reports
    where dataset = 'chronology'
    group by pair
),

named as (
    select
        several.file_name,
        several.row_number,
        several.source_event_id,
        several.event_day,
        several.code,
        several.source_country,
        countries.iso3 as country
    from several
    inner join raw.countries on regexp_matches(several.target_name, '\b' || countries.name_en || '\b')
    where countries.iso3 <> several.source_country
)

select
    named.file_name,
    named.row_number,
    named.source_event_id as name,
    'is towards ' || named.country || ' too, but the pair of ' || named.source_country || ' and ' || named.country
    || ' has no act of this day, actor and code' as finding
from named
inner join
    spans
    on
        list_sort([named.source_country, named.country]) = spans.pair
        and named.event_day between spans.first_day and spans.last_day
left join
    raw.reports as twins
    on
        twins.dataset = 'chronology'
        and named.event_day = twins.event_day
        and named.source_country = twins.source_country
        and named.country = twins.target_country
        and named.code = twins.code
left join raw.looked_at on named.source_event_id = looked_at.event_id and looked_at.rule = 'twin'
where twins.report_id is null and looked_at.event_id is null
order by named.file_name, named.row_number
