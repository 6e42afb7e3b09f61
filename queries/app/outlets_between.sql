/* From where the events of a range come: outlet, its country and language, by number of events. Without an outlet the address' host stands in.

   inputs  main.events, main.outlets
   parameters  dataset, dyad, domain, from_day, to_day
   columns
     outlet    varchar  name of the outlet, else the host of the address, else NULL
     country   varchar  country of the outlet, ISO 3166-1 alpha-3; NULL where it is not known
     language  varchar  its language; NULL where it is not known
     n_events  bigint   events
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
)

select
    coalesce(outlets.name, told.outlet) as outlet,
    any_value(outlets.country) as country,
    any_value(outlets.language) as language,
    count(*) as n_events
from told
left join main.outlets on told.outlet = outlets.outlet
group by coalesce(outlets.name, told.outlet)
order by n_events desc, outlet asc
