/* Weight of each code in a month, at each level, in each way of weighing and of counting mutual acts.

   grain   dataset, dyad, month, level, weighting, mutual, code
   inputs  statistics.level_acts
   built   passing
   columns
     dataset    varchar  where the acts come from
     dyad       varchar  pair or direction
     month      date     first day of the month
     level      varchar  raw, exact, article, act or joint
     weighting  varchar  equal, log or articles
     mutual     varchar  both: credited to both directions; coded: to who acts; none: left out
     code       varchar  CAMEO code
     weight     double   weight of its acts
   source  statistics.level_acts
*/
with credited as (
    select
        level_acts.*,
        dyad as series,
        unnest(['both', 'coded', 'none']) as mutual
    from statistics.level_acts
    union all by name
    select
        level_acts.*,
        directed_dyad as series,
        unnest(['both', 'coded', 'none']) as mutual
    from statistics.level_acts
    union all by name
    select
        level_acts.*,
        substr(directed_dyad, 5, 3) || '>' || substr(directed_dyad, 1, 3) as series,
        'both' as mutual
    from statistics.level_acts
    where is_mutual
),

summed as (
    select
        dataset,
        series,
        month,
        level,
        mutual,
        code,
        sum(equal_weight) as equal_weight,
        sum(log_weight) as log_weight,
        sum(articles_weight) as articles_weight
    from credited
    where not is_mutual or mutual <> 'none'
    group by dataset, series, month, level, mutual, code
)

select
    dataset,
    series as dyad,
    month,
    level,
    unnest(['equal', 'log', 'articles']) as weighting,
    mutual,
    code,
    unnest([equal_weight, log_weight, articles_weight]) as weight
from summed
