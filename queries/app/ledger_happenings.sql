/* The ledger of one value by happening, the unit of evidence, the weightiest first; those after `most` are one last row, so the sum stays whole.

   inputs  main.ledger
   parameters  dataset, dyad, domain, h, indicator, day, mutual, most
   columns
     happening     varchar  the happening, its first story; NULL in a last row of several
     first_day     date     day of its first act that counts
     last_day      date     day of its last
     n_happenings  bigint   1; in a last row how many it stands for
     n_events      bigint   acts that count
     weight        double   what is left of their weights: evidence is the square of the sum of these over the sum of their squares
     contribution  double   points; they sum to the value
     members       json     its acts, oldest first: event_id, event_day, code, summary, summary_es
   source  queries/macros/ledger.sql
*/
with happenings as (
    select
        happening,
        min(event_day) as first_day,
        max(event_day) as last_day,
        count(*) as n_events,
        sum(decay * weight) as weight,
        sum(contribution) as contribution,
        to_json(list({
            'event_id': event_id,
            'event_day': event_day,
            'code': code,
            'summary': summary,
            'summary_es': summary_es
        } order by event_day, event_id)) as members
    from ledger($dataset, $dyad, $domain, $h, $indicator, $day, for_mutual := $mutual)
    group by happening
),

placed as (
    select
        *,
        row_number() over (order by weight desc, happening asc) as place
    from happenings
)

select
    case when count(*) = 1 then any_value(happening) end as happening,
    min(first_day) as first_day,
    max(last_day) as last_day,
    count(*) as n_happenings,
    sum(n_events)::bigint as n_events,
    sum(weight) as weight,
    sum(contribution) as contribution,
    case when count(*) = 1 then any_value(members) end as members
from placed
group by least(place, $most + 1)
order by least(place, $most + 1)
