/* Every configured pair on one day: the chosen one, or the newest day of the dataset.

   Values of different days cannot be compared, so a pair whose record ends before that day has the value that is left on it, is marked by
   is_compared = false, and belongs in no ranking. A named day after the newest one is taken as the newest.

   inputs  main.dyads, main.countries, main.indicator_day, main.events
   parameters  dataset, day (NULL: the newest day of the dataset)
   columns
     dyad            varchar  the pair
     lead            varchar  country named first
     name_en         varchar  its name, the leading country first
     name_es         varchar  the same in Spanish
     day             date     the day of all values, the same for each pair; NULL when the dataset has nothing
     is_compared     boolean  the pair's record reaches that day; only such pairs are ranked
     record_end      date     last day that was read of the pair, on or before that day or after it; NULL when there is nothing
     balance         double   points on that day; NULL when too few, and before the pair's first event
     balance_before  double   balance four weeks before that day; NULL when there was none
     balance_low     double   lower end of the band
     balance_high    double   upper end
     state           varchar  not read, too few, partial, preliminary, thin or ok; NULL before the pair's first event
     verdict         varchar  what may be said of the balance: its state where that is not ok; else undecided, cooperation or friction
     n_events        bigint   events in the 365 days to that day
     newest          varchar  what the newest event up to that day says
     newest_es       varchar  the same in Spanish, where the curator wrote one
     newest_event    date     day of it
     line            varchar  month-end balances of the 15 months to that day, oldest first, as text with blanks
   source  main.indicator_day
*/
with asked as (
    select least(max(day), coalesce($day::date, max(day))) as day
    from main.indicator_day
    where dataset = $dataset and day <= (now() at time zone 'UTC')::date + 1
),

records as (
    select
        dyad,
        max(day) filter (where is_covered) as record_end
    from main.indicator_day
    where dataset = $dataset and day <= (now() at time zone 'UTC')::date + 1
    group by dyad
),

rows_before as (
    select
        indicator_day.*,
        asked.day as asked_day
    from main.indicator_day
    inner join asked on indicator_day.day <= asked.day
    where indicator_day.dataset = $dataset and indicator_day.day > (asked.day - interval 15 month)::date
),

month_ends as (
    select
        dyad,
        string_agg(round(coalesce(balance, 0), 1), ' ' order by day) as line
    from rows_before
    where day = last_day(day) or day = asked_day
    group by dyad
),

counts as (
    select
        events.dyad,
        count_if(events.event_day > asked.day - interval 365 day) as n_events,
        max_by(coalesce(events.summary, events.source_title, events.code), (events.event_day, events.event_id)) as newest,
        arg_max_null(events.summary_es, (events.event_day, events.event_id)) as newest_es,
        max(events.event_day) as newest_event
    from main.events
    inner join asked on events.event_day <= asked.day
    where events.dataset = $dataset and not events.is_backdated and events.is_excluded is not true
    group by events.dyad
)

select
    dyads.dyad,
    dyads.lead,
    first_country.name_en || ' – ' || partner.name_en as name_en,
    first_country.name_es || ' – ' || partner.name_es as name_es,
    asked.day,
    records.record_end is not null and records.record_end >= asked.day and latest.day is not null as is_compared,
    records.record_end,
    latest.balance,
    earlier.balance as balance_before,
    latest.balance_low,
    latest.balance_high,
    latest.state,
    latest.balance_verdict as verdict,
    coalesce(counts.n_events, 0)::bigint as n_events,
    counts.newest,
    counts.newest_es,
    counts.newest_event,
    month_ends.line
from main.dyads
inner join main.countries as first_country on dyads.lead = first_country.country
inner join
    main.countries as partner
    on partner.country = case when dyads.lead = dyads.country_a then dyads.country_b else dyads.country_a end
cross join asked
left join records on dyads.dyad = records.dyad
left join rows_before as latest on dyads.dyad = latest.dyad and asked.day = latest.day
left join rows_before as earlier on dyads.dyad = earlier.dyad and (asked.day - interval 28 day)::date = earlier.day
left join month_ends on dyads.dyad = month_ends.dyad
left join counts on dyads.dyad = counts.dyad
order by dyads.position, dyads.dyad
