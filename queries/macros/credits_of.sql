/* In which series an event counts, with mutual acts in one of four ways, see mutual_counted.

   parameters  for_dataset, for_mutual
   columns  those of core.credits
   source  core.credits
*/
select *
from core.credits
where dataset = for_dataset and (contains(dyad, '>'), is_mutual, is_mirror) in (select (is_direction, is_mutual, is_mirror) from main.mutual_counted(for_mutual))
