/* What happened in a window: acts by kind, and how many policy measures changed state.

   inputs  main.events, main.measures
   parameters  dataset, dyad, domain, from_day, to_day
   columns
     n_events              bigint  acts
     verbal_cooperation    bigint  words of cooperation
     material_cooperation  bigint  deeds of cooperation
     verbal_friction       bigint  words of friction
     material_friction     bigint  deeds of friction
     n_measures            bigint  changes of state of measures
   source  main.events
*/
select
    count(*) as n_events,
    count_if(kind = 'verbal cooperation') as verbal_cooperation,
    count_if(kind = 'material cooperation') as material_cooperation,
    count_if(kind = 'verbal friction') as verbal_friction,
    count_if(kind = 'material friction') as material_friction,
    (
        select count(*)
        from main.measures
        where
            measures.dyad = $dyad
            and ($domain = 'all' or measures.domain = $domain)
            and measures.state_day between $from_day::date and $to_day::date
    ) as n_measures
from main.events
where
    dataset = $dataset
    and dyad = $dyad
    and ($domain = 'all' or domain = $domain)
    and event_day between $from_day::date and $to_day::date
    and not is_backdated
    and is_excluded is not true
