/* In which series an event counts, with mutual acts in one of three ways: `both` directions, as `coded` in one, or `none` at all.

   parameters  for_dataset, for_mutual
   columns  those of core.credits
   source  core.credits; METHOD 3
*/
select *
from core.credits
where
    dataset = for_dataset
    and case for_mutual
        when 'both' then true
        when 'coded' then not is_mirror
        when 'none' then not is_mutual
        else error('mutual acts count in both directions, as coded, or in none: say both, coded or none')
    end
