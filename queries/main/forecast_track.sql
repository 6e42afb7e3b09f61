/* How good the forecasts were, by kind, direction or state of the measure, and year; `all` and no year are over everything.

   Every forecast that was not late is counted once: registered = open + pending + void + unread + scored. Rate, scores and buckets are of
   scored ones with windows that do not overlap. The band of the skill takes all forecasts of 28 days as one case, as they share what
   happened; without ten such cases there is none.

   grain   kind, group, year
   inputs  main.forecast_scores, staging.method
   built   view
   columns
     kind        varchar  friction_deed or measure_state; all for both
     group       varchar  direction, or state of the measure when it was asked; all for every one
     year        integer  year in which the window begins; NULL for all years
     registered  bigint   forecasts that were not late
     open        bigint   of these with a window that goes on
     pending     bigint   of these not settled yet
     void        bigint   of these void
     unread      bigint   of these with a window that was not read to its end
     scored      bigint   of these settled by yes or no
     rate        double   share of yes
     brier       double   mean Brier score: 0 is best
     brier_base  double   the same of the plain past rate
     skill       double   1 - brier / brier_base: above 0 is better than the plain past rate
     skill_low   double   lower end of the 95 % interval
     skill_high  double   upper end of the 95 % interval
     buckets     varchar  JSON: of p from 0, 0.1, 0.25, 0.5 and 0.75 on the number n, its mean p, and the share of yes
   source  main.forecast_scores
*/
with registered as (
    select
        *,
        year(window_start)::integer as year_of,
        date_diff('day', date '1900-01-01', window_start) // 28 as period,
        state = 'scored' and in_headline as is_counted,
        case when p < 0.1 then 0.0e0 when p < 0.25 then 0.1e0 when p < 0.5 then 0.25e0 when p < 0.75 then 0.5e0 else 0.75e0 end as bucket
    from main.forecast_scores
    where state <> 'late'
),

periods as (
    select
        coalesce(kind, 'all') as kind,
        coalesce(sort, 'all') as sort,
        year_of,
        period,
        sum(brier) as brier,
        sum(brier_base) as brier_base
    from registered
    where is_counted
    group by grouping sets (
        (period), (period, year_of), (period, kind), (period, kind, year_of), (period, kind, sort), (period, kind, sort, year_of)
    )
),

ratios as (
    select
        *,
        brier - brier_base * sum(brier) over whole / nullif(sum(brier_base) over whole, 0) as difference,
        sum(brier_base) over whole as all_base,
        count(*) over whole as n_periods
    from periods
    window whole as (partition by kind, sort, year_of)
),

bands as (
    select
        ratios.kind,
        ratios.sort,
        ratios.year_of,
        any_value(ratios.n_periods) as n_periods,
        sqrt(sum(pow(ratios.difference, 2)) * any_value(ratios.n_periods) / nullif(any_value(ratios.n_periods) - 1, 0))
        / nullif(any_value(ratios.all_base), 0) as standard_error,
        any_value(method.z) + (pow(any_value(method.z), 3) + any_value(method.z)) / nullif(4e0 * (any_value(ratios.n_periods) - 1), 0) as t
    from ratios
    cross join staging.method
    group by ratios.kind, ratios.sort, ratios.year_of
),

filled as (
    select
        coalesce(kind, 'all') as kind,
        coalesce(sort, 'all') as sort,
        year_of,
        bucket,
        count(*) as n,
        avg(p) as mean_p,
        avg((answer = 'yes')::integer) as share_yes
    from registered
    where is_counted
    group by grouping sets (
        (bucket), (bucket, year_of), (bucket, kind), (bucket, kind, year_of), (bucket, kind, sort), (bucket, kind, sort, year_of)
    )
),

listed as (
    select
        kind,
        sort,
        year_of,
        to_json(list(struct_pack("from" := bucket, n := n, mean_p := mean_p, share_yes := share_yes) order by bucket))::varchar as buckets
    from filled
    group by kind, sort, year_of
),

counted as (
    select
        coalesce(kind, 'all') as kind,
        coalesce(sort, 'all') as sort,
        year_of,
        count(*) as registered,
        count_if(state = 'open')::bigint as open,
        count_if(state = 'pending')::bigint as pending,
        count_if(state = 'void')::bigint as void,
        count_if(state = 'unread')::bigint as unread,
        count_if(state = 'scored')::bigint as scored,
        avg((answer = 'yes')::integer) filter (where is_counted) as rate,
        avg(brier) filter (where is_counted) as brier,
        avg(brier_base) filter (where is_counted) as brier_base
    from registered
    group by grouping sets ((), (year_of), (kind), (kind, year_of), (kind, sort), (kind, sort, year_of))
    having count(*) > 0
)

select
    counted.kind,
    counted.sort as "group",
    counted.year_of as year,
    counted.registered,
    counted.open,
    counted.pending,
    counted.void,
    counted.unread,
    counted.scored,
    counted.rate,
    counted.brier,
    counted.brier_base,
    1e0 - counted.brier / nullif(counted.brier_base, 0) as skill,
    case
        when bands.n_periods >= 10
            then 1e0 - counted.brier / nullif(counted.brier_base, 0) - bands.t * bands.standard_error
    end as skill_low,
    case
        when bands.n_periods >= 10
            then 1e0 - counted.brier / nullif(counted.brier_base, 0) + bands.t * bands.standard_error
    end as skill_high,
    coalesce(listed.buckets, '[]') as buckets
from counted
left join bands
    on counted.kind = bands.kind and counted.sort = bands.sort and counted.year_of is not distinct from bands.year_of
left join listed
    on counted.kind = listed.kind and counted.sort = listed.sort and counted.year_of is not distinct from listed.year_of
