/* Which side treats the other better? The balance of A towards B minus that of B towards A, A first in the alphabet.

   title   Asymmetry
   unit    points of balance, -200 .. +200
   better  neither
   why     A relation can be cooperative in one direction and conflictual in the other; the balance of the pair averages the two.
   caveat  Covers only what each side did alone: meetings and agreements are excluded. Events that both sides share make the interval wider than needed.
   grain   series_no, day
   inputs  indicators.balance
   built   passing
   columns
     series_no        bigint   which of indicators.requested
     day              date     the day
     asymmetry        double   balance(A>B) - balance(B>A), points; NULL for a direction, and when either has too few
     asymmetry_low    double   lower end of its 95 % interval, points
     asymmetry_high   double   upper end, points
     asymmetry_state  varchar  state of the direction with less evidence; NULL for a direction
   source  half-width z √(variance(A>B) + variance(B>A)), of the intervals before clipping
*/
with directions as (
    select
        dataset,
        pair,
        domain,
        half_life_days,
        day,
        max(case when source_country < target_country then balance end)
        - max(case when source_country > target_country then balance end) as asymmetry,
        sqrt(sum(balance_variance)) as asymmetry_error,
        min(evidence) as lesser_evidence,
        min(decayed_n) as lesser_weight
    from indicators.balance
    where is_compared and source_country is not null
    group by dataset, pair, domain, half_life_days, day
)

select
    balance.series_no,
    balance.day,
    directions.asymmetry,
    case
        when directions.asymmetry is not null then greatest(directions.asymmetry - balance.z * directions.asymmetry_error, -200e0)
    end as asymmetry_low,
    case
        when directions.asymmetry is not null then least(directions.asymmetry + balance.z * directions.asymmetry_error, 200e0)
    end as asymmetry_high,
    case
        when not balance.is_read then 'not read'
        when directions.asymmetry is null then 'too few'
        when balance.kernel_read < balance.kernel_below then 'partial'
        when balance.is_preliminary then 'preliminary'
        when directions.lesser_evidence < balance.thin_below or directions.lesser_weight < balance.kappa then 'thin'
        else 'ok'
    end as asymmetry_state
from indicators.balance
inner join
    directions
    on
        balance.dyad = directions.pair
        and balance.dataset = directions.dataset
        and balance.domain = directions.domain
        and balance.half_life_days = directions.half_life_days
        and balance.day = directions.day
where balance.is_asked
