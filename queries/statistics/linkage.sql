/* Issue linkage: is one sort of act followed by another more often than chance makes it, in the 7, 14 or 30 days after it?

   grain   dataset, dyad, first_direction, first_domain, first_sign, second_direction, second_domain, second_sign, days
   inputs  statistics.links
   columns
     dataset           varchar  where the acts come from
     dyad              varchar  the pair
     first_direction   varchar  who acts > on whom in the first act; the pair for mutual acts
     first_domain      varchar  its subject
     first_sign        integer  1 cooperation, -1 friction
     second_direction  varchar  the same of the act that may follow
     second_domain     varchar  its subject
     second_sign       integer  1 cooperation, -1 friction
     days              integer  length of the window after the first act, days; its own day is not in it
     n_cases           bigint   days with the first act whose window ends within the covered days
     n_second          bigint   days with the second act
     followed          double   share of the cases with the second act in the window
     expected          double   the same share with the dates of the second act shuffled within 90 days, mean
     p                 double   chance of `followed` or more in shuffled dates
     n_shuffles        bigint   shuffles that p rests on
     q                 double   Benjamini-Hochberg: share of false ones among all links of the dataset with this p or less
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
    dataset,
    dyad,
    first_direction,
    first_domain,
    first_sign,
    second_direction,
    second_domain,
    second_sign,
    days,
    n_cases,
    n_second,
    followed,
    expected,
    p,
    n_shuffles,
    min(p * n_links / place) over (partition by dataset order by p desc range unbounded preceding) as q
from placed
order by dataset asc, dyad asc, p asc, followed desc
