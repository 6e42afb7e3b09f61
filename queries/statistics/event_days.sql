/* Does an exchange rate move on days around acts, more than around other days near them? From the day before an act to the day after it.

   grain     dyad, series_id, acts
   inputs    statistics.outcome_days
   computed  bilateral.compute.statistics.event_days.moves
   columns
     dyad          varchar  the pair
     series_id     varchar  the exchange rate
     acts          varchar  sort of acts of the United States, see statistics.outcome_days
     state         varchar  ok, or too few (below eight acts)
     n             bigint   acts; those within three trading days count once
     move          double   mean move, percent; positive: more of the other currency for a dollar
     placebo_move  double   mean move around placebo days: within 60 trading days of an act, none within 5 of any of its sort
     p             double   share of 4,000 draws of placebo days whose mean lies as far from placebo_move
     size          double   mean size of the moves, whichever way, percent
     placebo_size  double   the same around placebo days
     p_size        double   share of draws whose mean size is as large
     seen_from     double   mean size that one draw in ten exceeds: smaller ones would not have shown, percent
   source  dashboard/compute/statistics/event_days.py, with a fixed seed
*/
select
    dyad,
    series_id,
    acts,
    value,
    is_act
from statistics.outcome_days
order by dyad, series_id, acts, day
