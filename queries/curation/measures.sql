/* Changes of state in the register that are not written as they must be, the first fault of each.

   inputs  raw.countries, raw.domains, raw.measures
   columns
     file_name   varchar  file of the row
     row_number  bigint   its line, the header is line 1
     name        varchar  the measure
     finding     varchar  what is wrong and what was expected
   source  raw.measures
*/
with numbered as (
    select
        *,
        row_number() over (partition by file_name) + 1 as row_number
    from raw.measures
),

followed as (
    select
        *,
        try_cast(state_date as date) as state_day,
        try_cast(until as date) as until_day,
        first_value(concat_ws(' / ', measure_name, domain, instrument, scope)) over states as constant,
        lag(try_cast(state_date as date)) over states as day_before,
        row_number - first_value(row_number) over states as distance,
        row_number() over states - 1 as place,
        lead(try_cast(state_date as date)) over states as day_after,
        greatest(
            max(try_cast(state_date as date)) over (partition by file_name),
            max(case when file_name = 'measures.csv' then try_cast(state_date as date) end) over ()
        ) as newest_day  -- the record's own clock: the shipped register's, in a file of one's own that of its newest row if later
    from numbered
    window states as (partition by file_name, measure_id order by row_number)
),

judged as (
    select
        *,
        case
            when
                not regexp_matches(
                    coalesce(measure_id, ''), '^' || lower(imposing_country) || '-' || lower(target_country) || '-[a-z0-9-]+$'
                )
                then 'measure_id does not begin with its two countries, as in usa-mex-car-tariff-2025'
            when
                not list_contains((select list(iso3) from raw.countries), imposing_country)
                or not list_contains((select list(iso3) from raw.countries), target_country)
                or imposing_country = target_country
                then 'imposing_country and target_country must be two countries of seeds/countries.csv'
            when measure_name is null then 'measure_name is empty'
            when not list_contains((select flatten(list(string_split(source_names, ' '))) from raw.domains), domain)
                then 'domain ' || coalesce(domain, 'empty') || ' is none of seeds/domains.csv'
            when
                instrument not in (
                    'tariff', 'quota', 'import-ban', 'export-control', 'sanction-designation', 'visa-restriction', 'troop-deployment',
                    'agreement', 'aid-suspension', 'deportation-agreement', 'anti-dumping', 'other'
                )
                then 'instrument ' || instrument || ' is none of those in seeds/README.md'
            when scope not in ('bilateral', 'all-partners') then 'scope is ' || scope || '; write bilateral or all-partners'
            when
                state not in (
                    'floated', 'threatened', 'announced', 'in_force', 'paused', 'reduced', 'raised', 'exempted', 'lifted',
                    'struck_down', 'expired'
                )
                then 'state ' || state || ' is none of those in seeds/README.md'
            when state_day is null then 'state_date ' || coalesce(state_date, 'empty') || ' is not a calendar day; write YYYY-MM-DD'
            when is_in_force not in ('yes', 'partly', 'no') or is_in_force is null
                then 'is_in_force is ' || coalesce(is_in_force, 'empty') || '; write yes, partly or no'
            when until is not null and until_day is null then 'until ' || until || ' is not a calendar day; write YYYY-MM-DD'
            when rate_percent is not null and try_cast(rate_percent as double) is null
                then 'rate_percent ' || rate_percent || ' is not a number'
            when verified not in ('search', 'memory') or verified is null
                then 'verified is ' || coalesce(verified, 'empty') || '; write search or memory'
            when last_confirmed is not null and coalesce(try_cast(last_confirmed as date) < state_day, true)
                then 'last_confirmed ' || last_confirmed || ' is not a day from ' || state_day || ' on; write YYYY-MM-DD'
            when length(note) > 140 then 'note is longer than 140 characters'
            when constant <> concat_ws(' / ', measure_name, domain, instrument, scope)
                then 'name, domain, instrument or scope differ from the first row of the measure: ' || constant
            when distance <> place then 'stands apart from the other rows of its measure'
            when is_in_force <> 'no' and until_kind = 'end' and until_day < coalesce(day_after, newest_day)
                then 'is in force past its end of ' || until || '; add the row that prolongs or ends it'
            when day_before > state_day then 'comes after ' || day_before || '; rows of a measure are in order of date'
        end as finding
    from followed
)

select
    file_name,
    row_number,
    measure_id as name,
    finding
from judged
where finding is not null
order by file_name, row_number
