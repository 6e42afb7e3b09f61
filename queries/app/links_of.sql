/* Which acts are followed by which more often than chance: the links of a pair with the least chance, and how many were looked at.

   inputs  main.linkage
   parameters  dataset, dyad, most
   columns  those of main.linkage, and
     n_links  bigint  links of the pair that were looked at
   source  main.linkage
*/
select
    *,
    count(*) over () as n_links
from main.linkage
where dataset = $dataset and dyad = $dyad
order by q asc, p asc, first_direction asc, first_domain asc, second_direction asc, second_domain asc, days asc
limit $most
