/* A dataset whose level, table of scores or weighting is mistyped would have reports and no event. */
select
    datasets.dataset,
    datasets.level,
    datasets.score_table,
    datasets.weighting,
    datasets.half_life_days
from staging.datasets
where
    datasets.level not in ('raw', 'exact', 'article', 'act', 'joint')
    or datasets.score_table not in (select score_tables.score_table from raw.score_tables)
    or datasets.weighting not in ('equal', 'log', 'articles')
    or datasets.half_life_days not in (7, 30, 90, 365)
