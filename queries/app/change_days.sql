/* Days on which the level of a pair shifts, in any direction and subject.

   inputs  main.change_points
   parameters  dataset, dyad
   columns
     day       date     day of the first story after the change
     is_whole  boolean  the shift is of the pair as a whole, all subjects together
     series    varchar  direction and subject
   source  main.change_points
*/
select
    day,
    dyad = $dyad and domain = 'all' as is_whole,
    dyad || ' ' || domain as series
from main.change_points
where
    dataset = $dataset
    and list_sort(string_split(replace(dyad, '>', '-'), '-')) = list_sort(string_split($dyad, '-'))
order by day, series
