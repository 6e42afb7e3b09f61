/* Files that lack rows of pairs which were configured after they were read; pairs that lack the same files together.

   inputs  main.files_to_reload
   columns
     dataset     varchar  where the files belong
     pairs       varchar  pairs that lack their rows, with commas
     n_files     bigint   how many files
     first_file  varchar  the first of them in the alphabet
     last_file   varchar  the last of them
     first_day   date     the first day of their rows
     last_day    date     the last one
   source  main.files_to_reload
*/
select
    dataset,
    string_agg(dyad, ', ' order by dyad) as pairs,
    n_files,
    first_file,
    last_file,
    first_day,
    last_day
from main.files_to_reload
group by dataset, n_files, first_file, last_file, first_day, last_day
order by dataset, pairs
