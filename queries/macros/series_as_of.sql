/* Every indicator as it was known at the end of an earlier day (UTC), one row a day up to it, of the reports that had been published by then:
   from series_as_of('gdelt', 'MEX-USA', 'all', 7, date '2026-11-20').

   The same columns as `series`, by the same queries. A curated act counts from when it was entered, where its row says so, as
   one accepted in review does, else from its own day: for it this is a reconstruction of the acts as they are coded today. What was really shown then is only in kept snapshots and vintages.
   Corrections of the user's hold on every day.

   parameters  for_dataset, for_dyad, for_domain, for_half_life_days, for_as_of, for_compared := false, for_directions := false
   columns  those of indicators.series, and
     as_of              date     the day whose knowledge this is
     is_reconstruction  boolean  the dataset is curated: made of what is coded today, not of what was published by then
   source  main.series_by
*/
select
    series_by.*,
    for_as_of::date as as_of,
    datasets.is_curated as is_reconstruction
from main.series_by(for_dataset, for_dyad, for_domain, for_half_life_days, for_as_of, for_compared, for_directions) as series_by
inner join staging.datasets on series_by.dataset = datasets.dataset
