/* Everything that an address may ask for, in lists.

   inputs  main.dyads, main.datasets, main.domains
   columns
     dyads       varchar[]  pairs in their order
     datasets    varchar[]  datasets
     half_lives  integer[]  their default half-lives, days, in the same order
     curated     varchar[]  datasets that are coded by people
     domains     varchar[]  subjects in their order
   source  seeds
*/
select
    (select list(dyads.dyad order by dyads.position, dyads.dyad) from main.dyads) as dyads,
    (select list(datasets.dataset order by datasets.dataset) from main.datasets) as datasets,
    (select list(datasets.half_life_days order by datasets.dataset) from main.datasets) as half_lives,
    (select list(datasets.dataset order by datasets.dataset) filter (where datasets.is_curated) from main.datasets) as curated,
    (select list(domains.domain order by domains.position) from main.domains) as domains
