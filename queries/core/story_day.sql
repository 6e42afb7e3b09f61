/* What each story adds to its day: ledgers and change points are made of these rows, and the sums of happenings.

   grain   dataset, dyad, domain, day, story
   inputs  core.counted_credits
   by      dataset, day
   columns
     dataset               varchar  where the story comes from
     dyad                  varchar  pair or direction
     domain                varchar  subject, or all
     day                   date     its day
     story                 varchar  one page on one day; in curated data one act
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
        event_id,
        domain
    from core.counted_credits
    union all
    select
        dataset,
        dyad,
        event_id,
        'all' as domain
    from core.counted_credits
)

select
    placed.dataset,
    placed.dyad,
    placed.domain,
    credits.day,
    credits.story,
    any_value(credits.happening) as happening,
    count(*) as n_events,
    sum(credits.n_articles)::bigint as n_articles,
    sum(case when credits.kind = 'verbal cooperation' then credits.weight else 0e0 end) as verbal_cooperation,
    sum(case when credits.kind = 'material cooperation' then credits.weight else 0e0 end) as material_cooperation,
    sum(case when credits.kind = 'verbal friction' then credits.weight else 0e0 end) as verbal_friction,
    sum(case when credits.kind = 'material friction' then credits.weight else 0e0 end) as material_friction,
    sum(credits.weight * credits.sign) as s,
    sum(credits.weight) as n,
    sum(credits.weight * credits.score) as g,
    sum(case when starts_with(credits.kind, 'verbal') then credits.weight * credits.score else 0e0 end) as g_verbal,
    sum(case when starts_with(credits.kind, 'material') then credits.weight * credits.score else 0e0 end) as g_material,
    sum(credits.weight * greatest(credits.score, 0e0)) as cooperation,
    sum(credits.weight * greatest(-credits.score, 0e0)) as friction
from placed
inner join
    core.counted_credits as credits
    on
        placed.dataset = credits.dataset
        and placed.dyad = credits.dyad
        and placed.event_id = credits.event_id
group by placed.dataset, placed.dyad, placed.domain, credits.day, credits.story
