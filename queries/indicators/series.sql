/* All indicators side by side, one row a day.

   grain   dataset, dyad, domain, half_life_days, day
   inputs  indicators.volume, indicators.tension, indicators.rank, indicators.momentum, indicators.asymmetry, indicators.adjusted
   columns
     dataset          varchar  where the events come from
     dyad             varchar  pair or direction
     domain           varchar  subject, or all
     half_life_days   integer  half-life: days in which an event loses half its weight
     day              date     the day
     is_covered       boolean  the day was read; false in a gap, and after the last event of a curated pair, where values continue and lose weight
     balance          double   cooperation against friction, points -100..100
     balance_low      double   lower end of the 95 % interval
     balance_high     double   upper end of the 95 % interval
     intensity        double   mean score, -10..10
     intensity_low    double   lower end of the 95 % interval
     intensity_high   double   upper end of the 95 % interval
     cooperation      double   score points per 30 days
     friction         double   score points per 30 days
     words            double   balance of statements only, points
     words_low        double   lower end of the 95 % interval
     words_high       double   upper end of the 95 % interval
     deeds            double   balance of actions only, points
     deeds_low        double   lower end of the 95 % interval
     deeds_high       double   upper end of the 95 % interval
     volume           double   articles per day
     volume_permille  double   articles per 1,000 that the dataset read, whatever the countries; NULL where that is not known
     tension          double   share of friction against the twelve windows before, standard deviations from the pair's own normal level; up to 2.5 is within chance
     tension_windows  double   independent windows that it is compared with
     tension_state    varchar  state of tension
     rank             double   share of the own earlier days with a lower balance, %
     rank_state       varchar  state of rank
     momentum         double   balance of the last 28 days minus that of the 28 before, points
     momentum_low     double   lower end of the 95 % interval
     momentum_high    double   upper end of the 95 % interval
     momentum_state   varchar  state of momentum
     asymmetry        double   pairs: balance of A towards B minus that of B towards A, A first in the alphabet, points
     asymmetry_low    double   lower end of the 95 % interval
     asymmetry_high   double   upper end of the 95 % interval
     asymmetry_state  varchar  state of asymmetry; NULL for a direction
     adjusted         double   directions: balance minus the mean balance of the same actor's other directions, points
     adjusted_low     double   lower end of the 95 % interval
     adjusted_high    double   upper end of the 95 % interval
     adjusted_state   varchar  state of adjusted; NULL for a pair
     n_compared       bigint   other directions in that mean; NULL for a pair
     n_events         bigint   events of the day
     n_stories        bigint   stories of the day
     evidence         double   effective sample, in happenings
     words_evidence   double   effective sample of statements, in happenings
     deeds_evidence   double   effective sample of actions, in happenings
     state            varchar  not read, too few, partial, preliminary, thin or ok
     words_state      varchar  state of the balance of statements
     deeds_state      varchar  state of the balance of actions
     balance_verdict  varchar  verdict on the balance: its state if that is not ok; else undecided if the interval includes 0; else cooperation or friction
     intensity_verdict  varchar  the same of intensity
     words_verdict    varchar  the same of statements
     deeds_verdict    varchar  the same of actions
     score_table      varchar  table of the scores
     method_version   varchar  version of the formulas
   source  one file of this folder for each indicator
*/
select
    volume.dataset,
    volume.dyad,
    volume.domain,
    volume.half_life_days,
    volume.day,
    volume.is_covered,
    volume.balance,
    volume.balance_low,
    volume.balance_high,
    volume.intensity,
    volume.intensity_low,
    volume.intensity_high,
    volume.cooperation,
    volume.friction,
    volume.words,
    volume.words_low,
    volume.words_high,
    volume.deeds,
    volume.deeds_low,
    volume.deeds_high,
    volume.volume,
    volume.volume_permille,
    tension.tension,
    tension.tension_windows,
    tension.tension_state,
    rank.rank,
    rank.rank_state,
    momentum.momentum,
    momentum.momentum_low,
    momentum.momentum_high,
    momentum.momentum_state,
    asymmetry.asymmetry,
    asymmetry.asymmetry_low,
    asymmetry.asymmetry_high,
    case
        when volume.source_country is not null then null
        when volume.is_compared then asymmetry.asymmetry_state
        else 'not asked'
    end as asymmetry_state,
    adjusted.adjusted,
    adjusted.adjusted_low,
    adjusted.adjusted_high,
    case
        when volume.source_country is null then null
        when volume.is_compared then adjusted.adjusted_state
        else 'not asked'
    end as adjusted_state,
    adjusted.n_compared,
    volume.n_events,
    volume.n_stories,
    volume.evidence,
    volume.words_evidence,
    volume.deeds_evidence,
    volume.state,
    volume.words_state,
    volume.deeds_state,
    volume.balance_verdict,
    volume.intensity_verdict,
    volume.words_verdict,
    volume.deeds_verdict,
    volume.score_table,
    volume.method_version
from indicators.volume
inner join indicators.tension on volume.series_no = tension.series_no and volume.day = tension.day
inner join indicators.rank on volume.series_no = rank.series_no and volume.day = rank.day
inner join indicators.momentum on volume.series_no = momentum.series_no and volume.day = momentum.day
left join indicators.asymmetry on volume.series_no = asymmetry.series_no and volume.day = asymmetry.day
left join indicators.adjusted on volume.series_no = adjusted.series_no and volume.day = adjusted.day
order by volume.series_no, volume.day
