/* The datasets with other choices than their own of how events are made and weighed; null leaves a choice as it is.

   parameters  for_level, for_score, for_weight, for_gate
   columns  those of staging.datasets
   source  staging.datasets; METHOD 3 and 4
*/
select
    * replace (
        case
            when for_level is null then level
            when for_level in ('raw', 'exact', 'article', 'act', 'joint') then for_level
            else error('the levels of de-duplication are raw, exact, article, act and joint')
        end as level,
        case
            when for_score is null then score_table
            when for_score in (select score_table from staging.scores) then for_score
            else error('there is no such table of scores: see score_tables')
        end as score_table,
        case
            when for_weight is null then weighting
            when for_weight in ('equal', 'log', 'articles') then for_weight
            else error('the weightings are equal, log and articles')
        end as weighting,
        case
            when for_gate is null then gate
            when for_gate in ('on', 'off') then for_gate
            else error('the gate is on or off')
        end as gate
    )
from staging.datasets
