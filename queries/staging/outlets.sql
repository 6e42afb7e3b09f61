/* Outlets: the known ones, every one that a report names and the hosts of reports that name none, with country and language where they can be told.

   A host is known by itself or by the longest domain it ends in; a name that a source gives instead, by seeds/outlets.csv. Of
   any other host the country code at its end tells the country, never the language; endings that are sold to everybody (.co, .tv)
   tell nothing unless an ending such as .com.co shows that the country gave it.

   grain   outlet
   inputs  raw.outlets, raw.reports, raw.countries
   columns
     outlet         varchar  host without www, or name, as reports have it
     listed_as      varchar  subject of the list that it belongs to
     name           varchar  name of the outlet
     country        varchar  ISO 3166-1 alpha-3 of its main newsroom
     language       varchar  main language, ISO 639-1
     kind           varchar  wire, agency, paper, broadcaster and so on, see seeds/README.md
     outlet_source  varchar  list, tld (told from the country code at the end of the host), or none
   source  seeds/outlets.csv
*/
with seen as (
    select outlet from raw.outlets
    union
    select lower(outlet) as outlet
    from raw.reports
    where outlet is not null
    union
    select regexp_extract(lower(url), '^https?://(?:www\.)?([^/:]+)', 1) as outlet
    from raw.reports
    where outlet is null and url like 'http%'
),

parts as (
    select
        outlet,
        string_split(outlet, '.') as labels
    from seen
),

endings as (
    select
        outlet,
        unnest(list_transform(range(1, len(labels) + 1), lambda place: array_to_string(labels[place:], '.'))) as ending
    from parts
),

spelled as (
    select
        lower(unnest(string_split(names_other, '|'))) as ending,
        outlet as listed_as
    from raw.outlets
    union
    select
        outlet as ending,
        outlet as listed_as
    from raw.outlets
),

listed as (
    select
        endings.outlet,
        arg_max(spelled.listed_as, length(endings.ending)) as listed_as
    from endings
    inner join spelled on endings.ending = spelled.ending
    group by endings.outlet
),

countries as (
    select
        iso3 as country,
        case when iso3 = 'GBR' then 'uk' else lower(iso2) end as tld
    from raw.countries
),

placed as (
    select
        parts.outlet,
        countries.country,
        case when regexp_matches(parts.outlet, '\.(gov|gob|gouv|govt|go|mil)\.[a-z]{2}$') then 'government' end as kind
    from parts
    inner join countries on parts.labels[-1] = countries.tld
    where
        len(parts.labels) > 1
        and (
            countries.tld not in (
                'ac', 'ag', 'ai', 'am', 'as', 'bz', 'cc', 'cd', 'co', 'cx', 'dj', 'fm', 'gg', 'gl', 'im', 'io', 'la', 'li', 'ly', 'me', 'ms',
                'mu', 'nu', 'pw', 'sc', 'sh', 'st', 'tk', 'to', 'tv', 'vc', 'vg', 'vu', 'ws'
            )
            or (len(parts.labels) > 2 and parts.labels[-2] in ('com', 'net', 'org', 'edu', 'gov', 'gob', 'mil', 'co'))
        )
)

select
    seen.outlet,
    listed.listed_as,
    outlets.name,
    case when listed.outlet is null then placed.country else outlets.country end as country,
    outlets.language,
    case when listed.outlet is null then placed.kind else outlets.kind end as kind,
    case when listed.outlet is not null then 'list' when placed.outlet is not null then 'tld' else 'none' end as outlet_source
from seen
left join listed on seen.outlet = listed.outlet
left join raw.outlets on listed.listed_as = outlets.outlet
left join placed on seen.outlet = placed.outlet
