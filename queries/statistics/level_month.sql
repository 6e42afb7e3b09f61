/* Weight and score of the acts of a month, at each level, in each way of weighing, with each score table.

   grain   dataset, directed_dyad, month, level, is_mutual, score_table
   inputs  statistics.level_acts, staging.scores
   sliced  by month
   columns
     dataset        varchar  where the acts come from
     dyad           varchar  the pair
     directed_dyad  varchar  actor>target, as coded
     month          date     first day of the month
     level          varchar  raw, exact, article, act or joint
     is_mutual      boolean  acts with two doers
     score_table    varchar  table of the scores
     equal_n        double   sum of weight, every act alike
     log_n          double   sum of weight by the logarithm of articles
     articles_n     double   sum of weight by articles
     equal_g        double   sum of weight times score, every act alike
     log_g          double   sum of weight times score, by the logarithm of articles
     articles_g     double   sum of weight times score, by articles
   source  statistics.level_acts
*/
with by_code as (
    select
        dataset,
        dyad,
        directed_dyad,
        month,
        level,
        is_mutual,
        code,
        sum(equal_weight) as equal_n,
        sum(log_weight) as log_n,
        sum(articles_weight) as articles_n
    from statistics.level_acts
    group by dataset, dyad, directed_dyad, month, level, is_mutual, code
)

select
    by_code.dataset,
    by_code.dyad,
    by_code.directed_dyad,
    by_code.month,
    by_code.level,
    by_code.is_mutual,
    scores.score_table,
    sum(by_code.equal_n) as equal_n,
    sum(by_code.log_n) as log_n,
    sum(by_code.articles_n) as articles_n,
    sum(by_code.equal_n * scores.score) as equal_g,
    sum(by_code.log_n * scores.score) as log_g,
    sum(by_code.articles_n * scores.score) as articles_g
from by_code
inner join staging.scores on by_code.code = scores.code
group by
    by_code.dataset, by_code.dyad, by_code.directed_dyad, by_code.month, by_code.level, by_code.is_mutual, scores.score_table
