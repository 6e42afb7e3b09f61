/* From whom each outlet speaks: a government, a court, a news agency, the press, or others.

   A line about an outlet comes before one about its kind, the longer domain before the shorter. An outlet that nobody listed is taken for press:
   what is gathered from news is mostly that.

   grain   outlet
   inputs  raw.source_sides, staging.outlets
   columns
     outlet   varchar  host without www, or name, as reports have it
     side     varchar  government, court, agency, press or other
     country  varchar  of a government or court, ISO 3166-1 alpha-3; else NULL
   source  seeds/source_sides.csv, seeds/outlets.csv
*/
with named as (
    select
        outlets.outlet,
        arg_max(source_sides.side, length(source_sides.outlet)) as side,
        arg_max(source_sides.country, length(source_sides.outlet)) as country
    from staging.outlets
    inner join
        raw.source_sides
        on outlets.outlet = source_sides.outlet or ends_with(outlets.outlet, '.' || source_sides.outlet)
    group by outlets.outlet
),

decided as (
    select
        outlets.outlet,
        coalesce(named.side, kinds.side, 'press') as side,
        coalesce(named.country, outlets.country) as country
    from staging.outlets
    left join named on outlets.outlet = named.outlet
    left join raw.source_sides as kinds on outlets.kind = kinds.kind
)

select
    outlet,
    side,
    case when side in ('government', 'court') then country end as country
from decided
