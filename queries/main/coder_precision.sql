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

shares as (
    select
        counted.*,
        counted.n_as_proposed + counted.n_edited + counted.n_rejected as n_judged,
        counted.n_as_proposed / nullif(counted.n_as_proposed + counted.n_edited + counted.n_rejected, 0)::double as share,
        method.kappa / nullif(counted.n_as_proposed + counted.n_edited + counted.n_rejected, 0)::double as k
    from counted
    cross join staging.method
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
    100e0 * share as rate,
    100e0 * (share + k / 2e0 - sqrt(share * (1e0 - share) * k + k * k / 4e0)) / (1e0 + k) as rate_low,
    100e0 * (share + k / 2e0 + sqrt(share * (1e0 - share) * k + k * k / 4e0)) / (1e0 + k) as rate_high
from shares
