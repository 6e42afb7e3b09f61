/* Every indicator for each pair and direction, one row a day,
   at the dataset's own half-life and all domains together; `series` gives any other.

   grain   dataset, dyad, domain, half_life_days, day
   inputs  indicators.series
   built   view
   columns
     dataset         varchar  where the events come from
     dyad            varchar  pair or direction
     domain          varchar  subject, or all
     half_life_days  integer  days after which an event counts half
     day             date     the day
     balance         double   cooperation against friction, points -100..100
     balance_low     double   lower end of the 95 % band
     balance_high    double   upper end of the 95 % band
     intensity       double   mean score, -10..10
     intensity_low   double   lower end of the 95 % band
     intensity_high  double   upper end of the 95 % band
     cooperation     double   score points per 30 days
     friction        double   score points per 30 days
     words           double   balance of words alone, points
     words_low       double   lower end of the 95 % band
     words_high      double   upper end of the 95 % band
     deeds           double   balance of deeds alone, points
     deeds_low       double   lower end of the 95 % band
     deeds_high      double   upper end of the 95 % band
     volume          double   articles a day
     momentum        double   balance of the last 28 days minus that of the 28 before, points
     momentum_low    double   lower end of the 95 % band
     momentum_high   double   upper end of the 95 % band
     momentum_state  varchar  state of momentum
     n_events        bigint   events of the day
     n_stories       bigint   stories of the day
     evidence        double   stories in hand, all kinds
     words_evidence  double   stories in hand, words alone
     deeds_evidence  double   stories in hand, deeds alone
     state           varchar  not read, too few, partial, thin or ok
     words_state     varchar  state of words
     deeds_state     varchar  state of deeds
     score_table     varchar  table of the scores
     method_version  varchar  version of the formulas
   source  queries/indicators
*/
select
    dataset,
    dyad,
    domain,
    half_life_days,
    day,
    balance,
    balance_low,
    balance_high,
    intensity,
    intensity_low,
    intensity_high,
    cooperation,
    friction,
    words,
    words_low,
    words_high,
    deeds,
    deeds_low,
    deeds_high,
    volume,
    momentum,
    momentum_low,
    momentum_high,
    momentum_state,
    n_events,
    n_stories,
    evidence,
    words_evidence,
    deeds_evidence,
    state,
    words_state,
    deeds_state,
    score_table,
    method_version
from indicators.series
