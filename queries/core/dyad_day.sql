/* The dyad-day: one row for each day with events of a pair or direction,
   with every sum that an indicator needs. No indicator reads events again.

   A story belongs to one day, so decays and windows of these sums are exact. s is weight times sign, n is weight, g is weight
   times score, of one story; then their sums, squares and products over the stories of the day.

   grain   dataset, dyad, domain, day
   inputs  core.story_day
   by      dataset, day
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
   source  core.story_day
*/
with split as (
    select
        *,
        verbal_cooperation - verbal_friction as words_s,
        verbal_cooperation + verbal_friction as words_n,
        material_cooperation - material_friction as deeds_s,
        material_cooperation + material_friction as deeds_n
    from core.story_day
)

select
    dataset,
    dyad,
    domain,
    day,
    sum(n_events)::bigint as n_events,
    count(*) as n_stories,
    sum(n_articles)::bigint as n_articles,
    sum(verbal_cooperation) as verbal_cooperation,
    sum(material_cooperation) as material_cooperation,
    sum(verbal_friction) as verbal_friction,
    sum(material_friction) as material_friction,
    sum(s) as s,
    sum(n) as n,
    sum(g) as g,
    sum(s * s) as s_s,
    sum(s * n) as s_n,
    sum(n * n) as n_n,
    sum(g * g) as g_g,
    sum(g * n) as g_n,
    sum(words_s) as words_s,
    sum(words_n) as words_n,
    sum(g_verbal) as words_g,
    sum(words_s * words_s) as words_s_s,
    sum(words_s * words_n) as words_s_n,
    sum(words_n * words_n) as words_n_n,
    sum(g_verbal * g_verbal) as words_g_g,
    sum(g_verbal * words_n) as words_g_n,
    sum(case when words_n > 0e0 then 1 else 0 end)::bigint as words_stories,
    sum(deeds_s) as deeds_s,
    sum(deeds_n) as deeds_n,
    sum(g_material) as deeds_g,
    sum(deeds_s * deeds_s) as deeds_s_s,
    sum(deeds_s * deeds_n) as deeds_s_n,
    sum(deeds_n * deeds_n) as deeds_n_n,
    sum(g_material * g_material) as deeds_g_g,
    sum(g_material * deeds_n) as deeds_g_n,
    sum(case when deeds_n > 0e0 then 1 else 0 end)::bigint as deeds_stories,
    sum(cooperation) as cooperation,
    sum(friction) as friction
from split
group by dataset, dyad, domain, day
order by dataset, dyad, domain, day
