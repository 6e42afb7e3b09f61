/* Every day of the requested series with the sums of its events:
   zero on a read day without events, nothing where the day was not read.

   grain   dataset, dyad, domain, half_life_days, day
   inputs  indicators.requested, staging.dyad_keys, core.calendar, core.dyad_day
   built   passing
   columns
     dataset           varchar  where the events come from
     dyad              varchar  pair or direction
     domain            varchar  subject, or all
     half_life_days    integer  days after which an event counts half
     day               date     the day
     day_no            bigint   0 on the pair's first day
     is_read           boolean  the day was read
     n_events          bigint   events
     n_stories         bigint   stories
     s                 double   sum of weight times sign
     n                 double   sum of weight
     g                 double   sum of weight times score
     s_s               double   sum of s squared, by story
     s_n               double   sum of s times n, by story
     n_n               double   sum of n squared, by story
     g_g               double   sum of g squared, by story
     g_n               double   sum of g times n, by story
     words_s           double   sum of weight times sign, verbal kinds alone
     words_n           double   sum of weight, verbal kinds alone
     words_s_s         double   sum of s squared, by story, verbal kinds alone
     words_s_n         double   sum of s times n, by story, verbal kinds alone
     words_n_n         double   sum of n squared, by story, verbal kinds alone
     deeds_s           double   sum of weight times sign, material kinds alone
     deeds_n           double   sum of weight, material kinds alone
     deeds_s_s         double   sum of s squared, by story, material kinds alone
     deeds_s_n         double   sum of s times n, by story, material kinds alone
     deeds_n_n         double   sum of n squared, by story, material kinds alone
     cooperation       double   sum of positive scores
     friction          double   sum of negative scores without their sign
     n_articles        bigint   sum of articles
   source  core.dyad_day
*/
select
    requested.dataset,
    requested.dyad,
    requested.domain,
    requested.half_life_days,
    calendar.day,
    calendar.day_no,
    calendar.is_read,
    coalesce(dyad_day.n_events, 0)::bigint as n_events,
    coalesce(dyad_day.n_stories, 0)::bigint as n_stories,
    coalesce(dyad_day.s, 0e0) as s,
    coalesce(dyad_day.n, 0e0) as n,
    coalesce(dyad_day.g, 0e0) as g,
    coalesce(dyad_day.s_s, 0e0) as s_s,
    coalesce(dyad_day.s_n, 0e0) as s_n,
    coalesce(dyad_day.n_n, 0e0) as n_n,
    coalesce(dyad_day.g_g, 0e0) as g_g,
    coalesce(dyad_day.g_n, 0e0) as g_n,
    coalesce(dyad_day.words_s, 0e0) as words_s,
    coalesce(dyad_day.words_n, 0e0) as words_n,
    coalesce(dyad_day.words_s_s, 0e0) as words_s_s,
    coalesce(dyad_day.words_s_n, 0e0) as words_s_n,
    coalesce(dyad_day.words_n_n, 0e0) as words_n_n,
    coalesce(dyad_day.deeds_s, 0e0) as deeds_s,
    coalesce(dyad_day.deeds_n, 0e0) as deeds_n,
    coalesce(dyad_day.deeds_s_s, 0e0) as deeds_s_s,
    coalesce(dyad_day.deeds_s_n, 0e0) as deeds_s_n,
    coalesce(dyad_day.deeds_n_n, 0e0) as deeds_n_n,
    coalesce(dyad_day.cooperation, 0e0) as cooperation,
    coalesce(dyad_day.friction, 0e0) as friction,
    coalesce(dyad_day.n_articles, 0)::bigint as n_articles
from indicators.requested
inner join staging.dyad_keys on requested.dyad = dyad_keys.dyad
inner join core.calendar on requested.dataset = calendar.dataset and dyad_keys.pair = calendar.dyad
left join
    core.dyad_day
    on
        requested.dataset = dyad_day.dataset
        and requested.dyad = dyad_day.dyad
        and requested.domain = dyad_day.domain
        and calendar.day = dyad_day.day
