/* Do two datasets tell the same of a pair? Correlation and sign of the same months' balances.

   A month's balance is 100 Σ s / (Σ n + κ) over the stories of the month, all alike in age. Months count in which both have stories.

   grain   dataset, other_dataset, dyad
   inputs  core.story_day, staging.method, core.settled
   when    core.settled
   columns
     dataset           varchar  one dataset
     other_dataset     varchar  the other, later in the alphabet
     dyad              varchar  pair or direction
     state             varchar  ok, too few months (fewer than 12), or one does not vary
     n_months          bigint   months with stories in both
     correlation       double   Pearson's r of the balances; NULL unless ok
     correlation_low   double   lower end of its 95 % interval (Fisher), as if months were independent
     correlation_high  double   upper end
     n_signed          bigint   months in which neither balance is exactly 0
     n_same_sign       bigint   months in which both have the same sign
     sign_agreement    double   n_same_sign / n_signed; NULL without one
   source  core.story_day; METHOD 7
*/
with months as (
    select
        story_day.dataset,
        story_day.dyad,
        date_trunc('month', story_day.day)::date as month,
        100e0 * sum(story_day.s) / (sum(story_day.n) + max(method.kappa)) as balance
    from core.story_day
    inner join core.settled on story_day.dataset = settled.dataset and story_day.day <= settled.last_day
    cross join staging.method
    where story_day.domain = 'all'
    group by story_day.dataset, story_day.dyad, date_trunc('month', story_day.day)
),

compared as (
    select
        one.dataset,
        other.dataset as other_dataset,
        one.dyad,
        count(*) as n_months,
        min(one.balance) < max(one.balance) and min(other.balance) < max(other.balance) as is_varying,
        corr(one.balance, other.balance) as correlation,
        count(*) filter (where abs(one.balance) > 1e-9 and abs(other.balance) > 1e-9) as n_signed,
        count(*) filter (
            where abs(one.balance) > 1e-9 and abs(other.balance) > 1e-9 and sign(one.balance) = sign(other.balance)
        ) as n_same_sign
    from months as one
    inner join months as other on one.dyad = other.dyad and one.month = other.month and one.dataset < other.dataset
    group by one.dataset, other.dataset, one.dyad
),

judged as (
    select
        compared.*,
        method.z,
        case
            when compared.n_months < method.agreement_months then 'too few months'
            when not compared.is_varying then 'one does not vary'
            else 'ok'
        end as state,
        atanh(least(greatest(compared.correlation, -0.999999e0), 0.999999e0)) as fisher
    from compared
    cross join staging.method
)

select
    dataset,
    other_dataset,
    dyad,
    state,
    n_months,
    case when state = 'ok' then correlation end as correlation,
    case when state = 'ok' then tanh(fisher - z / sqrt(n_months - 3)) end as correlation_low,
    case when state = 'ok' then tanh(fisher + z / sqrt(n_months - 3)) end as correlation_high,
    n_signed,
    n_same_sign,
    n_same_sign / nullif(n_signed, 0)::double as sign_agreement
from judged
order by dataset, other_dataset, dyad
