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
with of_happenings as (
    select
        dataset,
        dyad,
        domain,
        day,
        happening,
        sum(s) as s,
        sum(n) as n,
        sum(g) as g,
        sum(verbal_cooperation - verbal_friction) as words_s,
        sum(verbal_cooperation + verbal_friction) as words_n,
        sum(material_cooperation - material_friction) as deeds_s,
        sum(material_cooperation + material_friction) as deeds_n
    from core.story_day
    group by dataset, dyad, domain, day, happening
),

products as (
    select
        late.dataset,
        late.dyad,
        late.domain,
        late.day,
        date_diff('day', early.day, late.day) as lag,
        case when lag = 0 then 1e0 else 2e0 end as times,
        sum(times * late.s * early.s) as s_s,
        sum(times * (late.s * early.n + late.n * early.s) / 2e0) as s_n,
        sum(times * late.n * early.n) as n_n,
        sum(times * late.g * early.g) as g_g,
        sum(times * (late.g * early.n + late.n * early.g) / 2e0) as g_n,
        sum(times * late.words_s * early.words_s) as words_s_s,
        sum(times * (late.words_s * early.words_n + late.words_n * early.words_s) / 2e0) as words_s_n,
        sum(times * late.words_n * early.words_n) as words_n_n,
        sum(times * late.deeds_s * early.deeds_s) as deeds_s_s,
        sum(times * (late.deeds_s * early.deeds_n + late.deeds_n * early.deeds_s) / 2e0) as deeds_s_n,
        sum(times * late.deeds_n * early.deeds_n) as deeds_n_n
    from of_happenings as late
    inner join
        of_happenings as early
        on
            late.dataset = early.dataset
            and late.dyad = early.dyad
            and late.domain = early.domain
            and late.happening = early.happening
            and late.day >= early.day
    group by late.dataset, late.dyad, late.domain, late.day, early.day
),

sums as (
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
        sum(verbal_cooperation - verbal_friction) as words_s,
        sum(verbal_cooperation + verbal_friction) as words_n,
        sum(material_cooperation - material_friction) as deeds_s,
        sum(material_cooperation + material_friction) as deeds_n,
        sum(cooperation) as cooperation,
        sum(friction) as friction
    from core.story_day
    group by dataset, dyad, domain, day
)

select
    products.dataset,
    products.dyad,
    products.domain,
    products.day,
    products.lag,
    coalesce(sums.n_events, 0)::bigint as n_events,
    coalesce(sums.n_stories, 0)::bigint as n_stories,
    coalesce(sums.n_articles, 0)::bigint as n_articles,
    coalesce(sums.verbal_cooperation, 0e0) as verbal_cooperation,
    coalesce(sums.material_cooperation, 0e0) as material_cooperation,
    coalesce(sums.verbal_friction, 0e0) as verbal_friction,
    coalesce(sums.material_friction, 0e0) as material_friction,
    coalesce(sums.s, 0e0) as s,
    coalesce(sums.n, 0e0) as n,
    coalesce(sums.g, 0e0) as g,
    products.s_s,
    products.s_n,
    products.n_n,
    products.g_g,
    products.g_n,
    coalesce(sums.words_s, 0e0) as words_s,
    coalesce(sums.words_n, 0e0) as words_n,
    products.words_s_s,
    products.words_s_n,
    products.words_n_n,
    coalesce(sums.deeds_s, 0e0) as deeds_s,
    coalesce(sums.deeds_n, 0e0) as deeds_n,
    products.deeds_s_s,
    products.deeds_s_n,
    products.deeds_n_n,
    coalesce(sums.cooperation, 0e0) as cooperation,
    coalesce(sums.friction, 0e0) as friction
from products
left join
    sums
    on
        products.dataset = sums.dataset
        and products.dyad = sums.dyad
        and products.domain = sums.domain
        and products.day = sums.day
        and products.lag = 0
order by products.dataset, products.dyad, products.domain, products.day, products.lag
