/* What each story adds to its day: ledgers and change points are made of these rows, and the sums of happenings.

   grain   dataset, dyad, domain, day, story
   inputs  core.counted_credits
   by      dataset, day
   columns
     dataset               varchar  where the story comes from
     dyad                  varchar  pair or direction
     domain                varchar  subject, or all
     day                   date     its day
     story                 varchar  one page on one day; in curated data one event
     happening             varchar  the unit of evidence: stories that belong together
     n_events              bigint   events of it
     n_articles            bigint   their articles
     verbal_cooperation    double   weight of cooperative statements
     material_cooperation  double   weight of cooperative actions
     verbal_friction       double   weight of conflictual statements
     material_friction     double   weight of conflictual actions
     s                     double   sum of weight times sign
     n                     double   sum of weight
     g                     double   sum of weight times score
     g_verbal              double   the same of statements only
     g_material            double   the same of actions only
     cooperation           double   sum of weight times positive scores
     friction              double   sum of weight times negative scores, without their sign
   source  core.counted_credits
*/
with placed as (
    select
        dataset,
        dyad,
        domain,
        day,
        story,
        happening,
        kind,
        n_articles,
        weight,
        sign,
        score
    from core.counted_credits
    union all
    select
        dataset,
        dyad,
        'all' as domain,
        day,
        story,
        happening,
        kind,
        n_articles,
        weight,
        sign,
        score
    from core.counted_credits
)

select
    dataset,
    dyad,
    domain,
    day,
    story,
    any_value(happening) as happening,
    count(*) as n_events,
    sum(n_articles)::bigint as n_articles,
    sum(case when kind = 'verbal cooperation' then weight else 0e0 end) as verbal_cooperation,
    sum(case when kind = 'material cooperation' then weight else 0e0 end) as material_cooperation,
    sum(case when kind = 'verbal friction' then weight else 0e0 end) as verbal_friction,
    sum(case when kind = 'material friction' then weight else 0e0 end) as material_friction,
    sum(weight * sign) as s,
    sum(weight) as n,
    sum(weight * score) as g,
    sum(case when starts_with(kind, 'verbal') then weight * score else 0e0 end) as g_verbal,
    sum(case when starts_with(kind, 'material') then weight * score else 0e0 end) as g_material,
    sum(weight * greatest(score, 0e0)) as cooperation,
    sum(weight * greatest(-score, 0e0)) as friction
from placed
group by dataset, dyad, domain, day, story
