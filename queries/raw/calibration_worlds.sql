/* The simulated worlds in which intervals are tested, as listed in their file.

   grain   world
   inputs
   columns
     world                varchar  name
     rule                 varchar  curated or machine: by which rule happenings are made
     stories_a_day        varchar  rates of stories, parted by blanks
     stories_a_happening  varchar  mean stories of a happening
     days                 varchar  days over which its stories are spread
     tail                 varchar  index of a Pareto law for stories of a happening
     noise                varchar  share of stories with a sign of their own
     memory_days          varchar  half-life of a wandering level; 0 for a constant level
     what                 varchar  the world in one sentence
   source  seeds/calibration/worlds.csv
*/
select
    world,
    rule,
    stories_a_day,
    stories_a_happening,
    days,
    tail,
    noise,
    memory_days,
    what
from read_csv(getvariable('seeds') || '/calibration/worlds.csv', header = true, all_varchar = true)
