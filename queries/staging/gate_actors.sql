/* Who stands behind the names of actors: the state that the code gives, one of its bodies or office holders, or something else.

   A machine takes Google, Calgary or a person called Lawrence for a country. A name counts as the state if it is its name, people, capital or a body,
   or a leader in office, or if its role is that of a state's body; see seeds/gate_names.csv and seeds/roles.csv.

   grain   dataset, day, country, name, role, place
   inputs  raw.reports, raw.datasets, raw.roles, staging.gate_words, staging.country_names
   built   passing
   by      dataset, day
   columns
     dataset  varchar  where the reports come from
     day      date     their day
     country  varchar  country that the code gives
     name     varchar  name of the actor
     role     varchar  kind of body
     place    varchar  where the source puts it
     slug     varchar  the name in lower case without accents and article, its parts joined by a hyphen
     what     varchar  state, unknown (no name), region, group (another kind of body), out of office, like name (a place elsewhere that is called so), or no state
   source  raw.reports
*/
with judged as (
    select reports.*
    from raw.reports
    inner join raw.datasets on reports.dataset = datasets.dataset
    where datasets.gate = 'on'
),

actors as (
    select
        dataset,
        event_day as day,
        source_country as country,
        coalesce(source_name, '') as name,
        coalesce(source_role, '') as role,
        coalesce(source_place, '') as place
    from judged
    union
    select
        dataset,
        event_day as day,
        target_country as country,
        coalesce(target_name, '') as name,
        coalesce(target_role, '') as role,
        coalesce(target_place, '') as place
    from judged
),

spelled as (
    select
        actors.*,
        regexp_replace(
            array_to_string(regexp_extract_all(lower(strip_accents(actors.name)), '[a-z0-9]+'), '-'), '^(the|a|an)-', ''
        ) as slug,
        places.country as place_country,
        split_part(actors.place, '|', 1) as place_type,
        '-' || array_to_string(
            regexp_extract_all(lower(strip_accents(split_part(split_part(actors.place, '|', 4), ',', 1))), '[a-z0-9]+'), '-'
        ) || '-' as place_name
    from actors
    left join
        staging.country_names as places
        on places.scheme = 'fips' and split_part(actors.place, '|', 2) = places.name
),

matched as (
    select
        spelled.dataset,
        spelled.day,
        spelled.country,
        spelled.name,
        spelled.role,
        spelled.place,
        any_value(spelled.slug) as slug,
        any_value(spelled.place_type) as place_type,
        any_value(spelled.place_name) as place_name,
        any_value(spelled.place_country) as place_country,
        coalesce(bool_or(
            words.kind in ('name', 'demonym', 'capital', 'body')
            or (words.kind = 'leader' and spelled.day >= words.since and spelled.day < words.until)
        ), false) as is_known,
        coalesce(bool_or(words.kind = 'leader'), false) as is_leader,
        coalesce(bool_or(words.kind = 'region'), false) as is_region
    from spelled
    left join staging.gate_words as words on spelled.country = words.means and spelled.slug = words.word
    group by spelled.dataset, spelled.day, spelled.country, spelled.name, spelled.role, spelled.place
),

called_so as (
    select distinct
        matched.country,
        matched.place
    from matched
    inner join
        staging.gate_words as words
        on
            matched.country = words.means
            and words.kind = 'name'
            and contains(matched.place_name, '-' || words.word || '-')
    where matched.place_type <> '1' and matched.place_country <> matched.country and matched.country <> 'USA'
)

select
    matched.dataset,
    matched.day,
    matched.country,
    matched.name,
    matched.role,
    matched.place,
    matched.slug,
    case
        when matched.slug = '' then 'unknown'
        when matched.role <> '' and coalesce(roles.is_state, 'false') = 'false' then 'group'
        when called_so.place is not null then 'like name'
        when matched.is_known then 'state'
        when matched.is_leader then 'out of office'
        when matched.is_region then 'region'
        when matched.place_type in ('2', '3', '4', '5') and starts_with(matched.place_name, '-' || matched.slug || '-') then 'no state'
        when roles.is_state = 'true' then 'state'
        else 'no state'
    end as what
from matched
left join raw.roles on matched.role = roles.role
left join called_so on matched.country = called_so.country and matched.place = called_so.place
