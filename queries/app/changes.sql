/* What changed materially on a pair's news days: a measure that changed state, an act with a high score, momentum that left its
   band, a shift of the level.

   Momentum outside its band means that the band of the difference no longer holds 0; the day is the first one of it. A change is named after
   what it is and when, so the same change has the same name in every snapshot. Of a pair's acts of one day the three weightiest are given, for a
   machine codes hundreds. A shift is seen only some stories after it, so shifts are given for six times as many days.

   inputs  main.measures, main.events, main.indicator_day, main.change_points, main.dyads, main.countries, main.event_codes
   parameters  dyad (`all` for every pair), domain, days (before the newest day of the dataset, or of the pair that is asked for), min_score, most
   columns
     kind        varchar  measure, act, momentum or change_point
     change_id   varchar  stable name
     day         date     when
     dataset     varchar  where it comes from; measures where the register says so
     dyad        varchar  the pair
     pair_en     varchar  its name, the leading country first
     pair_es     varchar  the same in Spanish
     domain      varchar  subject of the measure or the act; NULL for indicators
     subject     varchar  name of the measure, or summary of the act
     subject_es  varchar  the same in Spanish; NULL where it is not translated
     state       varchar  state of the measure from now on, or state of the evidence of momentum
     before      varchar  state of the measure before; empty at its first
     is_in_force varchar  yes, partly or no after it
     code        varchar  CAMEO code of the act
     code_en     varchar  its English label
     code_es     varchar  its Spanish label
     value       double   score of the act, points of momentum or of the shift, or rate of the measure in per cent
     low         double   lower end of momentum's band; level before the shift
     high        double   upper end; level after it
     event_id    varchar  event behind it
   source  main.measures, main.events, main.indicator_day, main.change_points
*/
with last_days as (
    select
        'measures' as dataset,
        max(state_day) as last_day
    from main.measures
    where state_day <= (now() at time zone 'UTC')::date + 1 and ($dyad = 'all' or dyad = $dyad)
    union all
    select
        dataset,
        max(event_day) as last_day
    from main.events
    where
        event_day <= (now() at time zone 'UTC')::date + 1
        and not is_backdated
        and is_excluded is not true
        and ($dyad = 'all' or dyad = $dyad)
    group by dataset
),

pairs as (
    select
        dyads.dyad,
        first_country.name_en || ' – ' || partner.name_en as pair_en,
        first_country.name_es || ' – ' || partner.name_es as pair_es
    from main.dyads
    inner join main.countries as first_country on dyads.lead = first_country.country
    inner join
        main.countries as partner
        on partner.country = case when dyads.lead = dyads.country_a then dyads.country_b else dyads.country_a end
),

steps as (
    select
        *,
        lag(state) over (partition by measure_id order by step) as before
    from main.measures
),

crossings as (
    select
        dataset,
        dyad,
        day,
        momentum,
        momentum_low,
        momentum_high,
        momentum_state,
        coalesce(momentum_low > 0 or momentum_high < 0, false) as is_outside,
        coalesce(lag(momentum_low > 0 or momentum_high < 0) over (partition by dataset, dyad order by day), false) as was_outside
    from main.indicator_day
    where domain = 'all' and dyad like '%-%'
),

found as (
    select
        'measure' as kind,
        'measure-' || measure_id || '-' || step as change_id,
        state_day as day,
        'measures' as dataset,
        dyad,
        domain,
        measure_name as subject,
        measure_name_es as subject_es,
        state,
        coalesce(before, '') as before,
        is_in_force,
        null::varchar as code,
        rate_percent as value,
        null::double as low,
        null::double as high,
        event_id
    from steps
    where before is distinct from state
    union all
    select
        'act' as kind,
        'act-' || event_id as change_id,
        event_day as day,
        dataset,
        dyad,
        domain,
        summary as subject,
        summary_es as subject_es,
        null as state,
        null as before,
        null as is_in_force,
        code,
        score as value,
        null as low,
        null as high,
        event_id
    from main.events
    where kind like 'material%' and abs(score) >= $min_score and not is_backdated and is_excluded is not true
    qualify row_number() over (partition by dataset, dyad, event_day order by weight * abs(score) desc, event_id asc) <= 3
    union all
    select
        'momentum' as kind,
        'momentum-' || dataset || '-' || dyad || '-' || day as change_id,
        day,
        dataset,
        dyad,
        null as domain,
        null as subject,
        null as subject_es,
        momentum_state as state,
        null as before,
        null as is_in_force,
        null as code,
        momentum as value,
        momentum_low as low,
        momentum_high as high,
        null as event_id
    from crossings
    where is_outside and not was_outside and momentum_state = 'ok'  -- thin evidence makes no claim
    union all
    select
        'change_point' as kind,
        'change_point-' || dataset || '-' || dyad || '-' || day as change_id,
        day,
        dataset,
        dyad,
        null as domain,
        null as subject,
        null as subject_es,
        null as state,
        null as before,
        null as is_in_force,
        null as code,
        size as value,
        before as low,
        after as high,
        null as event_id
    from main.change_points
    where domain = 'all' and dyad like '%-%'
)

select
    found.kind,
    found.change_id,
    found.day,
    found.dataset,
    found.dyad,
    pairs.pair_en,
    pairs.pair_es,
    found.domain,
    found.subject,
    found.subject_es,
    found.state,
    found.before,
    found.is_in_force,
    found.code,
    event_codes.label_en as code_en,
    event_codes.label_es as code_es,
    found.value,
    found.low,
    found.high,
    found.event_id
from found
inner join pairs on found.dyad = pairs.dyad
left join main.event_codes on found.code = event_codes.code
inner join last_days on found.dataset = last_days.dataset
where
    found.day > last_days.last_day - $days::integer * case when found.kind = 'change_point' then 6 else 1 end
    and found.day <= (now() at time zone 'UTC')::date + 1
    and ($dyad = 'all' or found.dyad = $dyad)
    and ($domain = 'all' or found.domain = $domain)
order by found.day desc, found.change_id asc
limit $most
