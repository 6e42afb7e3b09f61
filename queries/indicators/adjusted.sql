/* Does a change concern this partner or all of them? The balance of A towards B minus the mean balance of A towards its other partners.

   title   Adjusted balance
   unit    points of balance, -200 .. +200
   better  higher
   why     A balance that falls together with all others of the same country says something about that country, not about the pair.
   caveat  Needs at least three other partners with enough evidence. Which partners are compared is a choice, made in seeds/dyads.csv.
   grain   series_no, day
   inputs  indicators.balance
   built   passing
   columns
     series_no       bigint   which of indicators.requested
     day             date     the day
     n_compared      bigint   other directions of the same actor with a balance that day
     adjusted        double   balance - mean balance of those others, points; NULL when too few, and with fewer than three others
     adjusted_low    double   lower end of its 95 % interval, points
     adjusted_high   double   upper end, points
     adjusted_state  varchar  of the weaker of the two; the mean of m others has the evidence m² / Σ (1 / E)
   source  half-width z √(variance + Σ variances of the others / m²), of the intervals before clipping
*/
with actors as (
    select
        dataset,
        source_country,
        domain,
        half_life_days,
        day,
        count(*) as n_balances,
        sum(balance) as balances,
        sum(balance_variance) as variances,
        sum(1e0 / evidence) as scarcity
    from indicators.balance
    where is_compared and is_standard and balance is not null
    group by dataset, source_country, domain, half_life_days, day
),

joined as (
    select
        balance.*,
        case when balance.is_standard and balance.balance is not null then 1 else 0 end as own,
        coalesce(actors.n_balances, 0) - own as n_compared,
        actors.balances - own * coalesce(balance.balance, 0e0) as other_balances,
        actors.variances - own * coalesce(balance.balance_variance, 0e0) as other_variances,
        actors.scarcity - own * coalesce(1e0 / nullif(balance.evidence, 0e0), 0e0) as other_scarcity
    from indicators.balance
    left join
        actors
        on
            balance.dataset = actors.dataset
            and balance.source_country = actors.source_country
            and balance.domain = actors.domain
            and balance.half_life_days = actors.half_life_days
            and balance.day = actors.day
    where balance.is_asked and balance.is_compared and balance.source_country is not null
),

differences as (
    select
        *,
        case when n_compared >= compared_least then balance - other_balances / n_compared end as difference,
        z * sqrt(balance_variance + other_variances / (n_compared * n_compared)) as half_width,
        least(evidence, n_compared * n_compared / other_scarcity) as lesser_evidence
    from joined
)

select
    series_no,
    day,
    n_compared,
    difference as adjusted,
    case when difference is not null then greatest(difference - half_width, -2e2) end as adjusted_low,
    case when difference is not null then least(difference + half_width, 2e2) end as adjusted_high,
    case
        when not is_read then 'not read'
        when difference is null then 'too few'
        when kernel_read < kernel_below then 'partial'
        when is_preliminary then 'preliminary'
        when lesser_evidence < thin_below or decayed_n < kappa then 'thin'
        else 'ok'
    end as adjusted_state
from differences
