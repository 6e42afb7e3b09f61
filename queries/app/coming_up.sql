/* Dates after a day that a source names, the nearest first: those of the list of dates ahead, and those set for measures of the pair or of all pairs.
   A measure whose day stands in the list as well, for the same countries, is left out.

   inputs  main.dates_ahead, main.measures, main.events, main.dyads
   parameters  day, until_day, dyad (all: of every pair), most
   columns
     day           date     the day; the first of the month where only that is known
     precision     varchar  day or month
     certainty     varchar  planned or likely
     kind          varchar  review, deadline, sunset, election, term or summit; of a measure what is set for it, see measures.until_kind
     countries     varchar  whom it concerns, ISO 3166-1 alpha-3, separated by a blank
     domain        varchar  subject
     title_en      varchar  what is set, English
     title_es      varchar  the same in Spanish; NULL where it is not translated
     source_title  varchar  page that says so
     source_url    varchar  its address
     source_kind   varchar  primary or secondary, see dates_ahead; NULL for a measure
     date_id       varchar  the entry of the list; NULL where it is set for a measure
     measure_id    varchar  the measure; NULL where it is of the list
     event_id      varchar  the event that set it, where one did
     state         varchar  state of the measure; NULL of the list
     instrument    varchar  kind of the measure; NULL of the list
     is_in_force   varchar  yes, partly or no; NULL of the list
   source  main.dates_ahead
*/
with listed as (
    select *
    from main.dates_ahead
    where
        case precision when 'month' then last_day(day) else day end > $day::date
        and day <= $until_day::date
        and (
            $dyad = 'all'
            or (len(countries) = 1 and list_contains(string_split($dyad, '-'), countries[1]))
            or (list_contains(countries, left($dyad, 3)) and list_contains(countries, right($dyad, 3)))
        )
),

set_for_measures as (
    select *
    from measures_on($day::date)
    where
        until > $day::date
        and until <= $until_day::date
        and ($dyad = 'all' or dyad = $dyad)
)

select
    day,
    precision,
    certainty,
    kind,
    array_to_string(countries, ' ') as countries,
    domain,
    title_en,
    title_es,
    source_title,
    source_url,
    source_kind,
    date_id,
    null as measure_id,
    null as event_id,
    null as state,
    null as instrument,
    null as is_in_force
from listed
union all
select
    measures.until as day,
    'day' as precision,
    'planned' as certainty,
    measures.until_kind as kind,
    measures.imposing_country || ' ' || measures.target_country as countries,
    measures.domain,
    measures.measure_name as title_en,
    measures.measure_name_es as title_es,
    coalesce(measures.source_title, events.source_title, events.outlet) as source_title,
    coalesce(measures.source_url, events.url) as source_url,
    null as source_kind,
    null as date_id,
    measures.measure_id,
    measures.event_id,
    measures.state,
    measures.instrument,
    measures.is_in_force
from set_for_measures as measures
left join main.events on measures.event_id = events.event_id
where
    not exists (
        select 1
        from main.dates_ahead as listed_too
        where
            listed_too.day = measures.until
            and list_contains(listed_too.countries, measures.imposing_country)
            and list_contains(listed_too.countries, measures.target_country)
    )
order by day, title_en
limit $most
