/* Which series are kept ready: each pair and direction of each dataset, all domains together, at the dataset's own half-life.

   The macro `series` puts its own request in the place of this table and leaves every other query as it is. A request brings the series
   that the asked ones are compared with; they are left out as soon as that is done.

   grain   dataset, dyad, domain, half_life_days
   inputs  staging.dyad_keys, staging.datasets
   each    dataset
   built   passing
   columns
     series_no       bigint   number of the series among these; partitions and joins of its days go by it
     dataset         varchar  where the events come from
     dyad            varchar  pair or direction
     domain          varchar  subject, or all
     half_life_days  integer  half-life: days in which an event loses half its weight
     is_asked        boolean  asked for itself, not only to compare with
     is_compared     boolean  the series that it is compared with are there too
   source  seeds/dyads.csv, seeds/datasets.csv
*/
select
    row_number() over (order by datasets.dataset, dyad_keys.dyad) as series_no,
    datasets.dataset,
    dyad_keys.dyad,
    'all' as domain,
    datasets.half_life_days,
    true as is_asked,
    true as is_compared
from staging.dyad_keys
cross join staging.datasets
