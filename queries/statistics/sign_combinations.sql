/* Intensity of a month under every combination of score table, level, weighting and mutual acts.

   Mutual acts are credited to both directions (`both`), to who acts (`coded`), or left out (`none`).

   grain   dataset, dyad, month, score_table, level, weighting, mutual
   inputs  statistics.level_month, staging.datasets, staging.method
   built   passing
   columns
     dataset      varchar  where the acts come from
     dyad         varchar  pair or direction
     month        date     first day of the month
     score_table  varchar  table of the scores
     level        varchar  level of de-duplication
     weighting    varchar  equal, log or articles
     mutual       varchar  both, coded or none
     intensity    double   sum of weight times score over (sum of weight + κ), of the acts of the month, all alike in age
     departs      varchar  what differs from the default, as `score table plover, mutual none`; `nothing` for the default
   source  statistics.level_month; METHOD 7
*/
with credited as (
    select
        level_month.*,
        dyad as series,
        unnest(case when is_mutual then ['both', 'coded'] else ['both', 'coded', 'none'] end) as mutual
    from statistics.level_month
    union all
    select
        level_month.*,
        directed_dyad as series,
        unnest(case when is_mutual then ['both', 'coded'] else ['both', 'coded', 'none'] end) as mutual
    from statistics.level_month
    union all
    select
        level_month.*,
        substr(directed_dyad, 5, 3) || '>' || substr(directed_dyad, 1, 3) as series,
        'both' as mutual
    from statistics.level_month
    where is_mutual
),

summed as (
    select
        credited.dataset,
        credited.series,
        credited.month,
        credited.score_table,
        credited.level,
        credited.mutual,
        method.kappa,
        datasets.score_table as default_table,
        datasets.level as default_level,
        datasets.weighting as default_weighting,
        sum(credited.equal_g) / (sum(credited.equal_n) + method.kappa) as equal_intensity,
        sum(credited.log_g) / (sum(credited.log_n) + method.kappa) as log_intensity,
        sum(credited.articles_g) / (sum(credited.articles_n) + method.kappa) as articles_intensity
    from credited
    inner join staging.datasets on credited.dataset = datasets.dataset
    cross join staging.method
    group by
        credited.dataset, credited.series, credited.month, credited.score_table, credited.level, credited.mutual,
        method.kappa, datasets.score_table, datasets.level, datasets.weighting
),

combinations as (
    select
        *,
        unnest(['equal', 'log', 'articles']) as weighting,
        unnest([equal_intensity, log_intensity, articles_intensity]) as intensity
    from summed
),

compared as (
    select
        *,
        concat_ws(
            ', ',
            case when score_table <> default_table then 'score table ' || score_table end,
            case when level <> default_level then 'level ' || level end,
            case when weighting <> default_weighting then 'weighting ' || weighting end,
            case when mutual <> 'both' then 'mutual ' || mutual end
        ) as differing
    from combinations
)

select
    dataset,
    series as dyad,
    month,
    score_table,
    level,
    weighting,
    mutual,
    intensity,
    case when differing = '' then 'nothing' else differing end as departs
from compared
