/* Which acts count when mutual acts count in one of three ways: in `both` directions, as `coded` in one, or in `none` at all.

   parameters  for_mutual
   columns
     is_mutual  boolean  the act has two doers
     is_mirror  boolean  it is credited to the direction in which it is not coded
   source  METHOD 3
*/
select
    ways.is_mutual,
    ways.is_mirror
from (values (false, false), (true, false), (true, true)) as ways (is_mutual, is_mirror)
where
    case for_mutual
        when 'both' then true
        when 'coded' then not ways.is_mirror
        when 'none' then not ways.is_mutual
        else error('mutual acts count in both directions, as coded, or in none: say both, coded or none')
    end
