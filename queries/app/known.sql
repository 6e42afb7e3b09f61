/* Everything that an address may ask for, in lists.

   inputs  main.dyads, main.datasets, main.domains, main.score_tables
   columns
     dyads         varchar[]  pairs in their order
     datasets      varchar[]  datasets
     half_lives    integer[]  their default half-lives, days, in the same order
     curated       varchar[]  datasets that are coded by people
     levels        varchar[]  their default levels of de-duplication, in the order of datasets
     score_tables  varchar[]  their default tables of scores
     weightings    varchar[]  their default weightings
     gates         varchar[]  on where the gate judges their rows, else off
     scores        varchar[]  tables that have a score for each of their codes, with blanks between; a dataset with types of PLOVER has no codes of CAMEO
     domains       varchar[]  subjects in their order
   source  seeds
*/
select
    (select list(dyads.dyad order by dyads.position, dyads.dyad) from main.dyads) as dyads,
    (select list(datasets.dataset order by datasets.dataset) from main.datasets) as datasets,
    (select list(datasets.half_life_days order by datasets.dataset) from main.datasets) as half_lives,
    (select list(datasets.dataset order by datasets.dataset) filter (where datasets.is_curated) from main.datasets) as curated,
    (select list(datasets.level order by datasets.dataset) from main.datasets) as levels,
    (select list(datasets.score_table order by datasets.dataset) from main.datasets) as score_tables,
    (select list(datasets.weighting order by datasets.dataset) from main.datasets) as weightings,
    (select list(datasets.gate order by datasets.dataset) from main.datasets) as gates,
    (
        select list(allowed.score_tables order by allowed.dataset)
        from (
            select
                datasets.dataset,
                string_agg(distinct tables.score_table, ' ' order by tables.score_table) as score_tables
            from main.datasets
            inner join
                main.score_tables as tables
                on datasets.score_table <> 'plover' or tables.score_table in ('plover', 'sign')
            group by datasets.dataset
        ) as allowed
    ) as scores,
    (select list(domains.domain order by domains.position) from main.domains) as domains
