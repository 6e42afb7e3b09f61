/* One row for each act, after de-duplication at the dataset's own level, with every report still attached in core.memberships.

   grain   event_id
   inputs  core.events
   built   view
   columns
     event_id        varchar    name of the act, also in its address /event/<id>
     dataset         varchar    where it comes from
     event_day       date       day of the act as coded, local date
     added_at        timestamp  when the first report of it was published, UTC
     dyad            varchar    the pair of countries
     directed_dyad   varchar    who acts > on whom, as coded
   source  core.events
*/
select
    event_id,
    dataset,
    event_day,
    added_at,
    dyad,
    directed_dyad
from core.events
