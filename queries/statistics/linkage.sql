/* Issue linkage: is one sort of act followed by another more often than chance makes it, in the 7, 14 or 30 days after it?

   grain   dataset, dyad, first_direction, first_domain, first_sign, second_direction, second_domain, second_sign, days
   inputs  statistics.links
   columns  those of statistics.links, and
     q  double  Benjamini-Hochberg: share of false ones among all links of the dataset with this p or less
   source  statistics.links; METHOD 7
*/
with placed as (
    select
        *,
        count(*) over (partition by dataset) as n_links,
        count(*) over (partition by dataset order by p range unbounded preceding) as place
    from statistics.links
)

select
    * exclude (n_links, place),
    min(p * n_links / place) over (partition by dataset order by p desc range unbounded preceding) as q
from placed
order by dataset asc, dyad asc, p asc, followed desc
