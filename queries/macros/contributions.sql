/* What the balance, or the intensity, of a pair on a day is made of: what each side did alone and what they did together, in words and in
   deeds, by subject. Of any grouping the contributions sum to the value:
   select doer, sum(contribution) from contributions('chronology', 'MEX-USA', 'all', 90, 'balance', date '2025-03-28') group by doer.

   A meeting or an agreement is done together. A direction has its own acts alone.

   parameters  for_dataset, for_dyad, for_domain, for_half_life_days, for_indicator, for_day, for_mutual := 'apart'
   columns
     doer          varchar  ISO 3166-1 alpha-3 of who acted alone, or `together`
     is_deed       boolean  deeds; else words
     domain        varchar  subject
     n_events      bigint   events that count
     weight        double   their decayed weight
     contribution  double   what they add to the value, in the indicator's unit
   source  main.counted; 100 Σ c w sign / (N + κ), or Σ c w score / (N + κ), N of all events of the series
*/
with aged as (
    select
        counted.*,
        pow(2e0, -date_diff('day', counted.day, for_day::date) / for_half_life_days::double) * counted.weight as left_over
    from main.counted(for_dataset, for_dyad, for_domain, for_half_life_days, for_indicator, for_day, for_day, for_mutual) as counted
),

whole as (
    select sum(left_over) + (select kappa from staging.method) as weight
    from aged
)

select
    case when events.is_mutual then 'together' else events.source_country end as doer,
    starts_with(aged.kind, 'material') as is_deed,
    aged.domain,
    count(*) as n_events,
    sum(aged.left_over) as weight,
    sum(aged.left_over * aged.points) / any_value(whole.weight) as contribution
from aged
cross join whole
inner join core.events on aged.event_id = events.event_id and aged.day = events.event_day and events.dataset = for_dataset
group by doer, is_deed, aged.domain
