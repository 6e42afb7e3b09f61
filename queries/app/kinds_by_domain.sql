/* Weight of words and deeds of cooperation and friction by subject in a range.

   inputs  main.dyad_day
   parameters  dataset, dyad, from_day, to_day
   columns
     domain                varchar  subject
     verbal_cooperation    double   weight of cooperative statements
     material_cooperation  double   weight of cooperative actions
     verbal_friction       double   weight of conflictual statements
     material_friction     double   weight of conflictual actions
     n_events              bigint   events
   source  main.dyad_day
*/
select
    domain,
    sum(verbal_cooperation) as verbal_cooperation,
    sum(material_cooperation) as material_cooperation,
    sum(verbal_friction) as verbal_friction,
    sum(material_friction) as material_friction,
    sum(n_events)::bigint as n_events
from main.dyad_day
where
    dataset = $dataset
    and dyad = $dyad
    and domain <> 'all'
    and day between $from_day::date and $to_day::date
group by domain
order by n_events desc, domain asc
