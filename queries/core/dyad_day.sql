/* The dyad-day: one row for each day with events of a pair or direction,
   with every sum that an indicator needs. No indicator reads events again.

   s is weight times sign, n is weight, g is weight times score, of one happening on one day; then their sums over the happenings.
   Squares and products are of whole happenings, which may last for weeks: (s of one day + s of an earlier day)². So beside the row of the
   day, `lag` 0, there is one for each earlier day with acts of the same happenings; it holds twice the products of the two days and no
   sums. Where acts lose half their weight in h days, the products of a lag weigh 2^(-lag / h): so decays of any half-life are exact.

   grain   dataset, dyad, domain, day, lag
   inputs  core.story_day
   by      dataset, day
   columns
     dataset               varchar  where the events come from
     dyad                  varchar  MEX-USA for the pair, USA>MEX for actor>target
     domain                varchar  subject, or all
     day                   date     day of the acts
     lag                   bigint   days since the earlier day of which the products are; 0 for the day itself
     n_events              bigint   events
     n_stories             bigint   stories
     n_articles            bigint   articles
     verbal_cooperation    double   weight of cooperative statements
     material_cooperation  double   weight of cooperative actions
     verbal_friction       double   weight of conflictual statements
     material_friction     double   weight of conflictual actions
     s                     double   sum of s over happenings
     n                     double   sum of n
     g                     double   sum of g, score points
     s_s                   double   sum of s squared
     s_n                   double   sum of s times n
     n_n                   double   sum of n squared
     g_g                   double   sum of g squared
     g_n                   double   sum of g times n
     words_s               double   sum of s of verbal kinds alone
     words_n               double   sum of n of verbal kinds alone
     words_s_s             double   sum of s squared, verbal
     words_s_n             double   sum of s times n, verbal
     words_n_n             double   sum of n squared, verbal
     deeds_s               double   sum of s of material kinds alone
     deeds_n               double   sum of n of material kinds alone
     deeds_s_s             double   sum of s squared, material
     deeds_s_n             double   sum of s times n, material
     deeds_n_n             double   sum of n squared, material
     cooperation           double   sum of weight times positive scores, score points
     friction              double   sum of weight times negative scores without their sign, score points
   source  core.story_day
*/
with of_happenings as materialized (
    select
        dataset,
        dyad,
        domain,
        day,
        happening,
        sum(n_events) as n_events,
        count(*) as n_stories,
        sum(n_articles) as n_articles,
        sum(verbal_cooperation) as verbal_cooperation,
        sum(material_cooperation) as material_cooperation,
        sum(verbal_friction) as verbal_friction,
        sum(material_friction) as material_friction,
        sum(s) as s,
        sum(n) as n,
        sum(g) as g,
        sum(verbal_cooperation - verbal_friction) as words_s,
        sum(verbal_cooperation + verbal_friction) as words_n,
        sum(material_cooperation - material_friction) as deeds_s,
        sum(material_cooperation + material_friction) as deeds_n,
        sum(cooperation) as cooperation,
        sum(friction) as friction
    from core.story_day
    group by dataset, dyad, domain, day, happening
),

earlier as (
    select
        late.*,
        date_diff('day', early.day, late.day) as lag,
        case when lag = 0 then 1 else 0 end as own,
        case when lag = 0 then 1e0 else 2e0 end as times,
        early.s as early_s,
        early.n as early_n,
        early.g as early_g,
        early.words_s as early_words_s,
        early.words_n as early_words_n,
        early.deeds_s as early_deeds_s,
        early.deeds_n as early_deeds_n
    from of_happenings as late
    inner join
        of_happenings as early
        on
            late.dataset = early.dataset
            and late.dyad = early.dyad
            and late.domain = early.domain
            and late.happening = early.happening
            and late.day >= early.day
)

select
    dataset,
    dyad,
    domain,
    day,
    lag,
    sum(own * n_events)::bigint as n_events,
    sum(own * n_stories)::bigint as n_stories,
    sum(own * n_articles)::bigint as n_articles,
    sum(own * verbal_cooperation) as verbal_cooperation,
    sum(own * material_cooperation) as material_cooperation,
    sum(own * verbal_friction) as verbal_friction,
    sum(own * material_friction) as material_friction,
    sum(own * s) as s,
    sum(own * n) as n,
    sum(own * g) as g,
    sum(times * s * early_s) as s_s,
    sum(times * (s * early_n + n * early_s) / 2e0) as s_n,
    sum(times * n * early_n) as n_n,
    sum(times * g * early_g) as g_g,
    sum(times * (g * early_n + n * early_g) / 2e0) as g_n,
    sum(own * words_s) as words_s,
    sum(own * words_n) as words_n,
    sum(times * words_s * early_words_s) as words_s_s,
    sum(times * (words_s * early_words_n + words_n * early_words_s) / 2e0) as words_s_n,
    sum(times * words_n * early_words_n) as words_n_n,
    sum(own * deeds_s) as deeds_s,
    sum(own * deeds_n) as deeds_n,
    sum(times * deeds_s * early_deeds_s) as deeds_s_s,
    sum(times * (deeds_s * early_deeds_n + deeds_n * early_deeds_s) / 2e0) as deeds_s_n,
    sum(times * deeds_n * early_deeds_n) as deeds_n_n,
    sum(own * cooperation) as cooperation,
    sum(own * friction) as friction
from earlier
group by dataset, dyad, domain, day, lag
order by dataset, dyad, domain, day, lag
