/* Acts of a chronology that can be loaded but are not coded as the others are, the first fault of each.

   inputs  raw.event_codes, raw.reports, raw.score_tables
   columns
     file_name   varchar  file of the row
     row_number  bigint   its line, the header is line 1
     name        varchar  the act
     finding     varchar  what is wrong and what was expected
   source  raw.reports
*/
with coded as (
    select
        reports.*,
        string_split(reports.source_event_id, '-') as parts,
        lower(reports.source_country) as source,
        lower(reports.target_country) as target,
        event_codes.plover_type as type_of_code,
        score_tables.score::double as score_of_code,
        count(*) over (partition by reports.source_event_id) as n_uses,
        lag(reports.source_event_id) over (partition by reports.file_name order by reports.row_number) as id_before
    from raw.reports
    left join raw.event_codes on reports.code = event_codes.code
    left join raw.score_tables on reports.code = score_tables.code and score_tables.score_table = 'goldstein-gdelt'
    where reports.dataset = 'chronology'
),

judged as (
    select
        *,
        case
            when not regexp_matches(source_event_id, '^[a-z]{3}-[a-z]{3}-\d{8}-r?\d{2}$')
                then 'event_id is not pair, day and number of the day, as in usa-mex-20250328-01'
            when file_name like 'seeds/%' and parts[4] like 'r%'
                then 'event_id has a number of a review; acts of ' || parse_filename(file_name) || ' are numbered without r'
            when [least(parts[1], parts[2]), greatest(parts[1], parts[2])] <> [least(source, target), greatest(source, target)]
                then 'event_id names the pair ' || parts[1] || '-' || parts[2] || ', the act is of ' || source || ' and ' || target
            when parts[3] <> strftime(event_day, '%Y%m%d')
                then 'event_id names the day ' || parts[3] || ', the act is of ' || event_day
            when n_uses > 1 then 'event_id is used ' || n_uses || ' times; number the acts of a day'
            when id_before > source_event_id then 'stands after ' || id_before || '; rows are in order of event_id'
            when file_name like 'seeds/%' and parse_filename(file_name, true) <> parts[1] || '-' || parts[2]
                then 'lies in ' || parse_filename(file_name) || '; its file is ' || parts[1] || '-' || parts[2] || '.csv'
            when coalesce(score_given, 99) <> coalesce(score_of_code, 99)
                then
                    'goldstein is ' || coalesce(score_given::varchar, 'empty') || '; code ' || code || ' has '
                    || coalesce(score_of_code::varchar, 'none')
            when coalesce(plover_type, '') <> coalesce(type_of_code, '')
                then
                    'plover_type is ' || coalesce(plover_type, 'empty') || '; code ' || code || ' has '
                    || coalesce(type_of_code, 'none')
            when domain_given is null then 'domain is empty; choose one of seeds/domains.csv'
            when summary is null or length(summary) > 160 then 'summary is empty or longer than 160 characters'
            when verified not in ('search', 'memory') or verified is null
                then 'verified is ' || coalesce(verified, 'empty') || '; write search or memory'
            when verified = 'search' and url is null and title is null
                then 'verified is search, but neither source_url nor source_title says what showed it'
        end as finding
    from coded
)

select
    file_name,
    row_number,
    source_event_id as name,
    finding
from judged
where finding is not null
order by file_name, row_number
