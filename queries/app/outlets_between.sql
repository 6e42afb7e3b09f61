/* From where the events of a range come: outlet, its country and language, by number of events. Without an outlet the address' host stands in.

   inputs  main.events, main.outlets, main.countries, main.languages, main.translations
   parameters  dataset, dyad, domain, from_day, to_day
   columns
     outlet       varchar  name of the outlet, else the host of the address, else NULL
     outlet_es    varchar  the same in Spanish; the name as it is where it is not translated
     country      varchar  country of the outlet, ISO 3166-1 alpha-3; NULL where it is not known
     country_en   varchar  its English name
     country_es   varchar  its Spanish name
     language     varchar  language of the outlet; NULL where it is not known
     language_en  varchar  its English name
     language_es  varchar  its Spanish name
     n_events     bigint   events
   source  main.events
*/
with told as (
    select coalesce(outlet, nullif(regexp_extract(url, '^https?://(?:www\.)?([^/:]+)', 1), '')) as outlet
    from main.events
    where
        dataset = $dataset
        and dyad = $dyad
        and ($domain = 'all' or domain = $domain)
        and event_day between $from_day::date and $to_day::date
        and is_excluded is not true
)

select
    coalesce(outlets.name, told.outlet) as outlet,
    any_value(coalesce(translations.spanish, outlets.name, told.outlet)) as outlet_es,
    any_value(outlets.country) as country,
    any_value(countries.name_en) as country_en,
    any_value(countries.name_es) as country_es,
    any_value(outlets.language) as language,
    any_value(languages.name_en) as language_en,
    any_value(languages.name_es) as language_es,
    count(*) as n_events
from told
left join main.outlets on told.outlet = outlets.outlet
left join main.translations on outlets.name = translations.english
left join main.countries on outlets.country = countries.country
left join main.languages on outlets.language = languages.language
group by coalesce(outlets.name, told.outlet)
order by n_events desc, outlet asc
