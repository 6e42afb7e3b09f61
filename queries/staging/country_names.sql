/* Countries by the codes and names that sources use.

   grain   scheme, name
   inputs  raw.countries
   columns
     scheme   varchar  cameo, fips, iso (alpha-3), or name (lower case)
     name     varchar  code or name in a source file
     country  varchar  ISO 3166-1 alpha-3
   source  seeds/countries.csv
*/
with spelled as (
    select
        'cameo' as scheme,
        unnest(string_split(cameo, ' ')) as name,
        iso3 as country
    from raw.countries
    union all
    select
        'fips' as scheme,
        unnest(string_split(fips, ' ')) as name,
        iso3 as country
    from raw.countries
    union all
    select
        'iso' as scheme,
        iso3 as name,
        iso3 as country
    from raw.countries
    union all
    select
        'name' as scheme,
        lower(name_en) as name,
        iso3 as country
    from raw.countries
    union all
    select
        'name' as scheme,
        lower(unnest(string_split(names_other, '|'))) as name,
        iso3 as country
    from raw.countries
)

select
    scheme,
    name,
    min(country) as country
from spelled
where name is not null and name <> ''
group by scheme, name
having count(distinct country) = 1
