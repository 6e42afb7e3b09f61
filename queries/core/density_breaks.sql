/* Where a curated list becomes denser or thinner for a pair: the first of the month that best splits its acts into two rates.

   A list made by hand is not evenly dense, and a denser list is no livelier relation. What counts acts is compared on one side of the break.
   A break leaves a year on both sides, changes the rate 2.5 times at least, and is far from chance: acts come in bursts, so twice the
   likelihood that independent ones would need is asked for. Data as of an earlier day have the break that is known now.

   grain   dataset, dyad
   inputs  core.story_day, staging.datasets
   built   passing
   columns
     dataset          varchar  where the acts come from
     dyad             varchar  the pair
     day              date     first day of the new density
     acts_a_year      double   acts a year before it
     acts_a_year_now  double   acts a year from it on
   source  core.story_day; likelihood ratio of two Poisson rates against one
*/
with days as (
    select
        story_day.dataset,
        story_day.dyad,
        story_day.day,
        story_day.n_events,
        date_trunc('month', story_day.day)::date as month
    from core.story_day
    inner join staging.datasets on story_day.dataset = datasets.dataset
    where datasets.is_curated and story_day.domain = 'all' and contains(story_day.dyad, '-')
),

spans as (
    select
        dataset,
        dyad,
        min(day) as first_day,
        max(day) as last_day,
        sum(n_events) as n_all
    from days
    group by dataset, dyad
),

months as (
    select
        dataset,
        dyad,
        month,
        sum(n_events) as n_events
    from days
    group by dataset, dyad, month
),

splits as (
    select
        months.dataset,
        months.dyad,
        months.month,
        spans.n_all::double as n_all,
        date_diff('day', spans.first_day, months.month)::double as days_before,
        date_diff('day', months.month, spans.last_day)::double + 1e0 as days_after,
        coalesce(sum(months.n_events) over earlier, 0)::double as n_before
    from months
    inner join spans on months.dataset = spans.dataset and months.dyad = spans.dyad
    window earlier as (
        partition by months.dataset, months.dyad
        order by months.month rows between unbounded preceding and 1 preceding
    )
),

rated as (
    select
        *,
        365.25e0 * n_before / days_before as acts_a_year,
        365.25e0 * (n_all - n_before) / days_after as acts_a_year_now,
        n_before * ln(n_before / days_before) + (n_all - n_before) * ln((n_all - n_before) / days_after)
        - n_all * ln(n_all / (days_before + days_after)) as likelihood
    from splits
    where days_before >= 365 and days_after >= 365 and n_before > 0
),

best as (
    select *
    from rated
    qualify row_number() over (partition by dataset, dyad order by likelihood desc, month asc) = 1
)

select
    dataset,
    dyad,
    month as day,
    acts_a_year,
    acts_a_year_now
from best
where likelihood >= 10 and greatest(acts_a_year, acts_a_year_now) >= 2.5 * least(acts_a_year, acts_a_year_now)
