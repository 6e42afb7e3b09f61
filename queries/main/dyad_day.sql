/* The dyad-day: one row for each day with events of a pair or direction,
   with every sum that an indicator needs. No indicator reads events again.

   grain   dataset, dyad, domain, day
   inputs  core.dyad_day
   built   view
   columns
     dataset               varchar  where the events come from
     dyad                  varchar  MEX-USA for the pair, USA>MEX for who acts > on whom
     domain                varchar  subject, or all
     day                   date     day of the acts
     n_events              bigint   events
     n_stories             bigint   stories
     n_articles            bigint   articles
     verbal_cooperation    double   weight of words of cooperation
     material_cooperation  double   weight of deeds of cooperation
     verbal_friction       double   weight of words of friction
     material_friction     double   weight of deeds of friction
     s                     double   sum of s over stories
     n                     double   sum of n
     g                     double   sum of g, score points
     s_s                   double   sum of s squared
     s_n                   double   sum of s times n
     n_n                   double   sum of n squared
     g_g                   double   sum of g squared
     g_n                   double   sum of g times n
     words_s               double   sum of s of verbal kinds alone
     words_n               double   sum of n of verbal kinds alone
     words_g               double   sum of g of verbal kinds alone
     words_s_s             double   sum of s squared, verbal
     words_s_n             double   sum of s times n, verbal
     words_n_n             double   sum of n squared, verbal
     words_g_g             double   sum of g squared, verbal
     words_g_n             double   sum of g times n, verbal
     words_stories         bigint   stories with words
     deeds_s               double   sum of s of material kinds alone
     deeds_n               double   sum of n of material kinds alone
     deeds_g               double   sum of g of material kinds alone
     deeds_s_s             double   sum of s squared, material
     deeds_s_n             double   sum of s times n, material
     deeds_n_n             double   sum of n squared, material
     deeds_g_g             double   sum of g squared, material
     deeds_g_n             double   sum of g times n, material
     deeds_stories         bigint   stories with deeds
     cooperation           double   sum of weight times positive scores, score points
     friction              double   sum of weight times negative scores without their sign, score points
   source  core.dyad_day
*/
select
    dataset,
    dyad,
    domain,
    day,
    n_events,
    n_stories,
    n_articles,
    verbal_cooperation,
    material_cooperation,
    verbal_friction,
    material_friction,
    s,
    n,
    g,
    s_s,
    s_n,
    n_n,
    g_g,
    g_n,
    words_s,
    words_n,
    words_g,
    words_s_s,
    words_s_n,
    words_n_n,
    words_g_g,
    words_g_n,
    words_stories,
    deeds_s,
    deeds_n,
    deeds_g,
    deeds_s_s,
    deeds_s_n,
    deeds_n_n,
    deeds_g_g,
    deeds_g_n,
    deeds_stories,
    cooperation,
    friction
from core.dyad_day
