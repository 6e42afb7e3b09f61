/* How often people accepted what a coder proposed, by coder and source, with Wilson's 95 % interval. Merged proposals are counted apart: they tell an act twice, rightly or not.

   grain   backend, source
   inputs  main.proposals, staging.method
   built   view
   columns
     backend        varchar  coder with its version
     source         varchar  source of the intake; all for every source together
     n_proposals    bigint   proposals
     n_open         bigint   of these not decided yet
     n_merged       bigint   of these merged into another one or an act on record
     n_as_proposed  bigint   of these accepted as proposed
     n_edited       bigint   of these accepted with another day, country, role, code or subject
     n_rejected     bigint   of these rejected
     n_judged       bigint   accepted or rejected
     rate           double   n_as_proposed per hundred of n_judged; NULL without one
     rate_low       double   lower end of the 95 % interval
     rate_high      double   upper end of the 95 % interval
   source  main.proposals
*/
with counted as (
    select
        backend,
        coalesce(source, 'all') as source,
        count(*) as n_proposals,
        count_if(state = 'open')::bigint as n_open,
        count_if(state = 'merged')::bigint as n_merged,
        count_if(is_as_proposed)::bigint as n_as_proposed,
        count_if(not is_as_proposed)::bigint as n_edited,
        count_if(state = 'rejected')::bigint as n_rejected
    from main.proposals
    group by grouping sets ((backend, source), (backend))
),

judged as (
    select
        counted.*,
        n_as_proposed + n_edited + n_rejected as n_judged
    from counted
)

select
    backend,
    source,
    n_proposals,
    n_open,
    n_merged,
    n_as_proposed,
    n_edited,
    n_rejected,
    n_judged,
    main.wilson(n_as_proposed, n_judged, method.kappa).rate as rate,
    main.wilson(n_as_proposed, n_judged, method.kappa).low as rate_low,
    main.wilson(n_as_proposed, n_judged, method.kappa).high as rate_high
from judged
cross join staging.method
