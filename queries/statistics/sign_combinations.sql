/* Intensity of a month under every combination of score table, level, weighting and mutual acts.

   grain   dataset, dyad, month, score_table, level, weighting, mutual
   inputs  statistics.level_month, staging.scores, staging.datasets, staging.method
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
select
    level_month.dataset,
    level_month.dyad,
    level_month.month,
    scores.score_table,
    level_month.level,
    level_month.weighting,
    level_month.mutual,
    sum(level_month.weight * scores.score) / (sum(level_month.weight) + max(method.kappa)) as intensity,
    coalesce(
        nullif(
            concat_ws(
                ', ',
                case when scores.score_table <> any_value(datasets.score_table) then 'score table ' || scores.score_table end,
                case when level_month.level <> any_value(datasets.level) then 'level ' || level_month.level end,
                case when level_month.weighting <> 'log' then 'weighting ' || level_month.weighting end,
                case when level_month.mutual <> 'both' then 'mutual ' || level_month.mutual end
            ),
            ''
        ),
        'nothing'
    ) as departs
from statistics.level_month
inner join staging.scores on level_month.code = scores.code
inner join staging.datasets on level_month.dataset = datasets.dataset
cross join staging.method
group by
    level_month.dataset, level_month.dyad, level_month.month,
    scores.score_table, level_month.level, level_month.weighting, level_month.mutual
