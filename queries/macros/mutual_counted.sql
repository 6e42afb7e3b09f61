/* Which acts count when mutual acts count in one of four ways: `apart`, in the series of the pair but in no direction, which is the
   default; in `both` directions; as `coded` in one; or in `none` at all, not even in the pair.

   parameters  for_mutual
   columns
     is_direction  boolean  the series is of a direction, not of a pair
     is_mutual     boolean  both sides act
     is_mirror     boolean  it is credited to the direction in which it is not coded
   source  METHOD 3
*/
select
    series.is_direction,
    ways.is_mutual,
    ways.is_mirror
from (values (false, false), (true, false), (true, true)) as ways (is_mutual, is_mirror)
cross join (values (false), (true)) as series (is_direction)
where
    case for_mutual
        when 'apart' then not (series.is_direction and ways.is_mutual)
        when 'both' then true
        when 'coded' then not ways.is_mirror
        when 'none' then not ways.is_mutual
        else error('mutual acts count apart, in both directions, as coded, or in none: say apart, both, coded or none')
    end
