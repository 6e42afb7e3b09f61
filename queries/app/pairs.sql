/* Every configured pair as it stands on its own last covered day.

   inputs  main.dyads, main.countries, main.indicator_day, main.events
   parameters  dataset
   columns
     dyad          varchar  the pair
     lead          varchar  country named first
     name_en       varchar  its name, the leading country first
     name_es       varchar  the same in Spanish
     last_day      date     last covered day; NULL when there is nothing
     balance       double   points; NULL when too few
     balance_before  double   balance four weeks before that day; NULL when there was none
     balance_low   double   lower end of the band
     balance_high  double   upper end
     state         varchar  too few, partial, thin or ok
     n_events      bigint   events in the 365 days to that day
     newest        varchar  what the newest event says
     line          varchar  month-end balances of 15 months, oldest first, as text with blanks
   source  main.indicator_day
*/
with spans as (
    select
        dyad,
        max(day) as last_day
    from main.indicator_day
    where dataset = $dataset
    group by dyad
),

latest as (
    select indicator_day.*
    from main.indicator_day
    inner join spans on indicator_day.dyad = spans.dyad and indicator_day.day = spans.last_day
    where indicator_day.dataset = $dataset
),

month_ends as (
    select
        indicator_day.dyad,
        string_agg(round(coalesce(indicator_day.balance, 0), 1), ' ' order by indicator_day.day) as line
    from main.indicator_day
    inner join spans on indicator_day.dyad = spans.dyad
    where
        indicator_day.dataset = $dataset
        and indicator_day.day > (spans.last_day - interval 15 month)::date
        and (indicator_day.day = last_day(indicator_day.day) or indicator_day.day = spans.last_day)
    group by indicator_day.dyad
),

earlier as (
    select
        indicator_day.dyad,
        indicator_day.balance
    from main.indicator_day
    inner join spans on indicator_day.dyad = spans.dyad and indicator_day.day = (spans.last_day - interval 28 day)::date
    where indicator_day.dataset = $dataset
),

counts as (
    select
        events.dyad,
        count_if(events.event_day > spans.last_day - interval 365 day) as n_events,
        max_by(coalesce(events.summary, events.source_title, events.code), (events.event_day, events.event_id)) as newest
    from main.events
    inner join spans on events.dyad = spans.dyad
    where events.dataset = $dataset
    group by events.dyad
)

select
    dyads.dyad,
    dyads.lead,
    first_country.name_en || ' – ' || partner.name_en as name_en,
    first_country.name_es || ' – ' || partner.name_es as name_es,
    latest.day as last_day,
    latest.balance,
    earlier.balance as balance_before,
    latest.balance_low,
    latest.balance_high,
    latest.state,
    coalesce(counts.n_events, 0)::bigint as n_events,
    counts.newest,
    month_ends.line
from main.dyads
inner join main.countries as first_country on dyads.lead = first_country.country
inner join
    main.countries as partner
    on partner.country = case when dyads.lead = dyads.country_a then dyads.country_b else dyads.country_a end
left join latest on dyads.dyad = latest.dyad
left join earlier on dyads.dyad = earlier.dyad
left join month_ends on dyads.dyad = month_ends.dyad
left join counts on dyads.dyad = counts.dyad
order by dyads.position, dyads.dyad
