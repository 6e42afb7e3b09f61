/* What each story adds to its day. Stories are the evidence: bands, ledgers and change points are made of these rows.

   grain   dataset, dyad, domain, day, story
   inputs  core.credits
   by      dataset, day
   columns
     dataset               varchar  where the story comes from
     dyad                  varchar  pair or direction
     domain                varchar  subject, or all
     day                   date     its day
     story                 varchar  the unit of independent evidence
     n_events              bigint   events of it
     n_articles            bigint   their articles
     verbal_cooperation    double   weight of words of cooperation
     material_cooperation  double   weight of deeds of cooperation
     verbal_friction       double   weight of words of friction
     material_friction     double   weight of deeds of friction
     s                     double   sum of weight times sign
     n                     double   sum of weight
     g                     double   sum of weight times score
     g_verbal              double   the same of words alone
     g_material            double   the same of deeds alone
     cooperation           double   sum of weight times positive scores
     friction              double   sum of weight times negative scores, without their sign
   source  core.credits
*/
with placed as (
    select
        dataset,
        dyad,
        event_id,
        domain
    from core.credits
    union all
    select
        dataset,
        dyad,
        event_id,
        'all' as domain
    from core.credits
)

select
    placed.dataset,
    placed.dyad,
    placed.domain,
    credits.day,
    credits.story,
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
    core.credits
    on
        placed.dataset = credits.dataset
        and placed.dyad = credits.dyad
        and placed.event_id = credits.event_id
group by placed.dataset, placed.dyad, placed.domain, credits.day, credits.story
