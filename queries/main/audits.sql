/* How often the coding of drawn events was right, by question, with Wilson's 95 % interval. Unclear ones are counted apart.

   grain   audit, question
   inputs  main.audit_marks, staging.method
   built   view
   columns
     audit       varchar  name of the draw
     dataset     varchar  dataset that was drawn from
     dyad        varchar  pair that was drawn from, or all
     drawn_on    date     day of the draw
     population  bigint   events that could have been drawn
     question    varchar  actors, kind, domain, or overall (all three)
     n_drawn     bigint   events drawn
     n_marked    bigint   of these marked, unclear ones included
     n_unclear   bigint   of these unclear
     n_right     bigint   right; overall: an event with three times yes
     n_judged    bigint   right or wrong; overall: an event with one no, or three times yes
     rate        double   n_right per hundred of n_judged
     rate_low    double   lower end of the 95 % interval
     rate_high   double   upper end of the 95 % interval
   source  main.audit_marks
*/
with answers as (
    unpivot (
        select
            audit,
            dataset,
            dyad,
            drawn_on,
            population,
            event_id,
            coalesce(actors_right, '') as actors,
            coalesce(kind_right, '') as kind,
            coalesce(domain_right, '') as domain,
            case
                when 'no' in (actors_right, kind_right, domain_right) then 'no'
                when actors_right = 'yes' and kind_right = 'yes' and domain_right = 'yes' then 'yes'
                when 'unclear' in (actors_right, kind_right, domain_right) then 'unclear'
                else ''
            end as overall
        from main.audit_marks
    )
    on actors, kind, domain, overall
    into name question value answer
),

counted as (
    select
        audit,
        dataset,
        dyad,
        drawn_on,
        population,
        question,
        count(*) as n_drawn,
        count_if(answer <> '')::bigint as n_marked,
        count_if(answer = 'unclear')::bigint as n_unclear,
        count_if(answer = 'yes')::bigint as n_right,
        count_if(answer in ('yes', 'no'))::bigint as n_judged
    from answers
    group by audit, dataset, dyad, drawn_on, population, question
)

select
    audit,
    dataset,
    dyad,
    drawn_on,
    population,
    question,
    n_drawn,
    n_marked,
    n_unclear,
    n_right,
    n_judged,
    main.wilson(n_right, n_judged, method.kappa).rate as rate,
    main.wilson(n_right, n_judged, method.kappa).low as rate_low,
    main.wilson(n_right, n_judged, method.kappa).high as rate_high
from counted
cross join staging.method
