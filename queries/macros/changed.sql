/* How far balance or intensity went from one day to a later one, with the range in which chance alone would have moved it: what `moved` sums to.

   Most of the later value is made of the same acts as the earlier one, only older; of these chance draws nothing anew. `share_kept` is their
   share, and only the rest counts as two values do that know nothing of each other.

   parameters  for_dataset, for_dyad, for_domain, for_half_life_days, for_indicator, for_from_day, for_to_day, for_mutual := 'apart'
   columns
     change      double   value on the later day minus value on the earlier one, in the indicator's unit
     half_width  double   half-width of its 95 % interval
     share_kept  double   share of the later day's weight that is of acts up to the earlier day
     state       varchar  too few, thin or ok: of the day with less evidence; whether days were read is in series
   source  z √((1 - share)² v + max(w - share² v, 0)), v and w the variances of the two values, as in queries/indicators/balance.sql
*/
with of_happenings as (
    select
        counted.happening,
        sum(
            case
                when counted.day > for_from_day::date then 0e0
                else counted.weight * pow(2e0, -date_diff('day', counted.day, for_from_day::date) / for_half_life_days::double)
            end
        ) as n_before,
        sum(
            case
                when counted.day > for_from_day::date then 0e0
                else counted.weight * counted.points * pow(2e0, -date_diff('day', counted.day, for_from_day::date) / for_half_life_days::double)
            end
        ) as p_before,
        sum(counted.weight * pow(2e0, -date_diff('day', counted.day, for_to_day::date) / for_half_life_days::double)) as n_after,
        sum(counted.weight * counted.points * pow(2e0, -date_diff('day', counted.day, for_to_day::date) / for_half_life_days::double)) as p_after
    from main.counted(for_dataset, for_dyad, for_domain, for_half_life_days, for_indicator, for_from_day, for_to_day, for_mutual) as counted
    group by counted.happening
),

placed as (
    select
        unnest([false, true]) as is_later,
        unnest([n_before, n_after]) as n,
        unnest([p_before, p_after]) as p
    from of_happenings
),

days as (
    select
        placed.is_later,
        sum(placed.n) as weight,
        sum(placed.n) * sum(placed.n) / sum(placed.n * placed.n) as evidence,
        sum(placed.p) / sum(placed.n) as mean,
        (sum(placed.p * placed.p) - 2e0 * mean * sum(placed.p * placed.n) + mean * mean * sum(placed.n * placed.n)) / sum(placed.n * placed.n) as distance,
        max(case for_indicator when 'balance' then 1e2 else 1e1 end) as widest,
        any_value(method.z) as z,
        any_value(method.kappa) as kappa,
        any_value(method.few_below) as few_below,
        any_value(method.thin_below) as thin_below,
        any_value(method.weight_below) as weight_below
    from placed
    cross join staging.method
    group by placed.is_later
    having sum(placed.n) > 0
),

valued as (
    select
        *,
        weight * mean / (weight + kappa) as level,
        ((evidence + 2e0 * sqrt(evidence)) * distance + pow(kappa * mean, 2)) / pow(evidence + kappa, 2)
        + widest * widest * pow(kappa / (weight + kappa), 4) / kappa as variance
    from days
),

pairs as (
    select
        later.z,
        later.level - coalesce(earlier.level, 0e0) as change,
        coalesce(pow(2e0, -date_diff('day', for_from_day::date, for_to_day::date) / for_half_life_days::double) * earlier.weight / later.weight, 0e0) as share_kept,
        earlier.variance as variance_before,
        later.variance as variance_after,
        least(earlier.evidence, later.evidence) as lesser_evidence,
        least(earlier.weight, later.weight) as lesser_weight,
        earlier.weight is null or lesser_evidence < later.few_below or lesser_weight < later.weight_below as is_few,
        lesser_evidence < later.thin_below or lesser_weight < later.kappa as is_thin
    from valued as later
    left join valued as earlier on not earlier.is_later
    where later.is_later
)

select
    change,
    z * sqrt(pow(1e0 - share_kept, 2) * variance_before + greatest(variance_after - share_kept * share_kept * variance_before, 0e0)) as half_width,
    share_kept,
    case when is_few then 'too few' when is_thin then 'thin' else 'ok' end as state
from pairs
