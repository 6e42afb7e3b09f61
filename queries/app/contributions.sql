/* What balance or intensity of a pair on a day is made of, in three groupings, of which each sums to the value: by `doer`, by `kind`, by `domain`.

   inputs  main.contributions
   parameters  dataset, dyad, domain, h, indicator, day, mutual
   columns
     grouping      varchar  doer, kind or domain
     part          varchar  a country or together; statements or actions; a subject
     n_events      bigint   events that count
     weight        double   their decayed weight
     contribution  double   what they add to the value, in the indicator's unit
   source  queries/macros/contributions.sql
*/
with parts as (
    select *
    from contributions($dataset, $dyad, $domain, $h, $indicator, $day, for_mutual := $mutual)
),

told as (
    select
        unnest(['doer', 'kind', 'domain']) as grouping,
        unnest([doer, case when is_deed then 'deeds' else 'words' end, domain]) as part,
        n_events,
        weight,
        contribution
    from parts
)

select
    grouping,
    part,
    sum(n_events)::bigint as n_events,
    sum(weight) as weight,
    sum(contribution) as contribution
from told
group by grouping, part
order by grouping, part
