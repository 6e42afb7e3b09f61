/* What the indicators are in this publication, in few columns, to be kept when the snapshot is gone.

   inputs  main.indicator_day
   columns
     version       varchar  the run that published
     dataset       varchar  where events come from
     dyad          varchar  pair or direction
     half_life_days  integer  memory, days
     day           date     the day
     balance       float    points
     balance_low   float    lower end of the band
     balance_high  float    upper end
     intensity     float    score points
     state         varchar  state of the evidence
     method_version  varchar  version of the method
   source  main.indicator_day
*/
select
    getvariable('version') as version,
    dataset,
    dyad,
    half_life_days,
    day,
    balance::float as balance,
    balance_low::float as balance_low,
    balance_high::float as balance_high,
    intensity::float as intensity,
    state,
    method_version
from main.indicator_day
where domain = 'all'
order by dataset, dyad, day
