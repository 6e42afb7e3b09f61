/* One row for each act, after de-duplication at the dataset's own level, with every report still attached in core.memberships.

   grain   event_id
   inputs  core.events, staging.source_sides
   built   view
   columns  those of core.events, and
     source_side  varchar  side that reported it: government of MEX (or another of its two countries), other state, court, agency, press or other; NULL where no outlet or address is given
   source  core.events
*/
select
    events.*,
    case
        when source_sides.side <> 'government' then source_sides.side
        when source_sides.country in (events.source_country, events.target_country) then 'government of ' || source_sides.country
        when source_sides.side = 'government' then 'other state'
    end as source_side
from core.events
left join
    staging.source_sides
    on coalesce(lower(events.outlet), regexp_extract(lower(events.url), '^https?://(?:www\.)?([^/:]+)', 1)) = source_sides.outlet
