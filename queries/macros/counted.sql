/* The events that count in a series on a day, with the points that each gives to balance or intensity before weight and age. Ledger and what-moved are made of them.

   64 half-lives before `for_since`, the first day on which it is weighed, an event weighs less than 2^-64: no sum of doubles shows it, and of a
   pair with millions of events nine in ten are that old.

   parameters  for_dataset, for_dyad, for_domain, for_half_life_days, for_indicator, for_since, for_day, for_mutual
   columns
     event_id  varchar  the event
     day       date     its day
     kind      varchar  verbal or material cooperation or friction
     domain    varchar  subject
     story     varchar  one page on one day; in curated data one event
     happening varchar  the unit of evidence: stories that belong together
     weight    double   weight of the event
     sign      integer  1 for cooperation, -1 for friction
     score     double   weight of the code, -10..10
     points    double   100 times the sign for balance, the score for intensity; NULL for any other indicator
   source  main.credits_of; METHOD 7
*/
select
    event_id,
    day,
    kind,
    domain,
    story,
    happening,
    weight,
    sign,
    score,
    case for_indicator when 'balance' then 100e0 * sign when 'intensity' then score end as points
from main.credits_of(for_dataset, for_mutual)
where
    dyad = for_dyad
    and (for_domain = 'all' or domain = for_domain)
    and day <= for_day::date
    and day > for_since::date - 64 * for_half_life_days::integer
