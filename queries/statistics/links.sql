/* Issue linkage: is one sort of act followed by another more often than chance makes it, in the 7, 14 or 30 days after it?

   grain     dataset, dyad, first_direction, first_domain, first_sign, second_direction, second_domain, second_sign, days
   inputs    statistics.cases
   computed  bilateral.compute.statistics.linkage.links
   columns
     dataset           varchar  where the acts come from
     dyad              varchar  the pair
     first_direction   varchar  actor>target of the first event; the pair for joint events
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
     p                 double   chance of `followed` or more in shuffled dates, known to a fifth of itself
     n_shuffles        bigint   shuffles that p rests on
   source  dashboard/compute/statistics/linkage.py, with a fixed seed; METHOD 7
*/
select
    dataset,
    dyad,
    direction,
    domain,
    sign,
    day_no,
    first_no,
    last_no
from statistics.cases
order by dataset, dyad, direction, domain, sign, day_no
