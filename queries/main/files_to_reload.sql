/* Files of machine-coded datasets that were read before a pair was configured: its rows were counted then, and not kept. Empty when nothing lacks.

   grain   dataset, dyad
   inputs  raw.files, raw.scopes, raw.universe, staging.datasets, staging.dyads
   built   view
   columns
     dataset     varchar  where the files belong, as `bilateral load` names it
     dyad        varchar  the pair that lacks their rows
     n_files     bigint   how many files
     first_file  varchar  the first of them in the alphabet
     last_file   varchar  the last of them
     first_day   date     the first day on which the source published rows of them, UTC
     last_day    date     the last one
   source  raw.scopes
*/
with runs as (
    select distinct run_id
    from raw.scopes
),

narrow_runs as (
    select
        runs.run_id,
        dyads.dyad
    from runs
    cross join staging.dyads
    anti join raw.scopes on runs.run_id = scopes.run_id and dyads.dyad = scopes.dyad
),

read_files as (
    select
        files.dataset,
        files.md5,
        files.run_id,
        min(files.file_name) as file_name
    from raw.files
    left join staging.datasets on files.dataset = datasets.dataset
    where files.refusal is null and not coalesce(datasets.is_curated, false)
    group by files.dataset, files.md5, files.run_id
),

lacking as (
    select distinct
        read_files.dataset,
        read_files.md5,
        read_files.file_name,
        narrow_runs.dyad
    from read_files
    inner join narrow_runs on read_files.run_id = narrow_runs.run_id
),

made_good as (
    select
        lacking.dataset,
        lacking.md5,
        lacking.dyad
    from lacking
    inner join read_files on lacking.dataset = read_files.dataset and lacking.md5 = read_files.md5
    inner join raw.scopes on read_files.run_id = scopes.run_id and lacking.dyad = scopes.dyad
),

days as (
    select
        universe.md5,
        min(universe.added_day) as first_day,
        max(universe.added_day) as last_day
    from raw.universe
    where universe.md5 in (select lacking.md5 from lacking)
    group by universe.md5
)

select
    lacking.dataset,
    lacking.dyad,
    count(distinct lacking.md5) as n_files,
    min(lacking.file_name) as first_file,
    max(lacking.file_name) as last_file,
    min(days.first_day) as first_day,
    max(days.last_day) as last_day
from lacking
anti join made_good on lacking.dataset = made_good.dataset and lacking.md5 = made_good.md5 and lacking.dyad = made_good.dyad
inner join days on lacking.md5 = days.md5
group by lacking.dataset, lacking.dyad
