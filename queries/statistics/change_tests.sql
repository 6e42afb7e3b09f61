/* Which series have significant changes of level: one false discovery rate over all series of a dataset.

   grain   dataset, dyad, domain
   inputs  statistics.change_trials, staging.method
   built   passing
   columns  those of statistics.change_trials, and
     q           double   Benjamini-Hochberg: false discovery rate among all series of the dataset with this p or less; NULL without p
     is_claimed  boolean  q is at most `change_q`, and there are changes
   source  statistics.change_trials
*/
with placed as (
    select
        *,
        count(p) over (partition by dataset) as n_series,
        count(p) over (partition by dataset order by p range unbounded preceding) as place
    from statistics.change_trials
),

tested as (
    select
        * exclude (n_series, place),
        case
            when p is not null
                then least(min(p * n_series / nullif(place, 0)) over (partition by dataset order by p desc range unbounded preceding), 1e0)
        end as q
    from placed
)

select
    tested.*,
    coalesce(tested.q <= method.change_q and tested.n_changes > 0, false) as is_claimed
from tested
cross join staging.method
