/* Which days had been read by the end of an earlier day. A curated pair is covered up to its last act by then.

   parameters  for_dataset, for_as_of
   columns  those of core.coverage
   source  core.coverage
*/
select *
from core.coverage
where dataset = for_dataset and day <= for_as_of::date
qualify dyad = '*' or day <= max(case when n_reports > 0 then day end) over (partition by dyad)
