/* All indicators side by side, one row a day.

   grain   dataset, dyad, domain, half_life_days, day
   inputs  indicators.evidence, indicators.decayed, indicators.balance, indicators.intensity, indicators.cooperation, indicators.friction, indicators.words, indicators.deeds, indicators.volume, indicators.momentum, staging.datasets, staging.method
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
   source  one file of this folder for each indicator
*/
select
    evidence.dataset,
    evidence.dyad,
    evidence.domain,
    evidence.half_life_days,
    evidence.day,
    balance.balance,
    balance.balance_low,
    balance.balance_high,
    intensity.intensity,
    intensity.intensity_low,
    intensity.intensity_high,
    cooperation.cooperation,
    friction.friction,
    words.words,
    words.words_low,
    words.words_high,
    deeds.deeds,
    deeds.deeds_low,
    deeds.deeds_high,
    volume.volume,
    momentum.momentum,
    momentum.momentum_low,
    momentum.momentum_high,
    momentum.momentum_state,
    decayed.n_events,
    decayed.n_stories,
    evidence.evidence,
    evidence.words_evidence,
    evidence.deeds_evidence,
    evidence.state,
    evidence.words_state,
    evidence.deeds_state,
    datasets.score_table,
    method.method_version
from indicators.evidence
inner join
    indicators.decayed
    on
        evidence.dataset = decayed.dataset
        and evidence.dyad = decayed.dyad
        and evidence.domain = decayed.domain
        and evidence.half_life_days = decayed.half_life_days
        and evidence.day = decayed.day
left join
    indicators.balance
    on
        evidence.dataset = balance.dataset
        and evidence.dyad = balance.dyad
        and evidence.domain = balance.domain
        and evidence.half_life_days = balance.half_life_days
        and evidence.day = balance.day
left join
    indicators.intensity
    on
        evidence.dataset = intensity.dataset
        and evidence.dyad = intensity.dyad
        and evidence.domain = intensity.domain
        and evidence.half_life_days = intensity.half_life_days
        and evidence.day = intensity.day
left join
    indicators.cooperation
    on
        evidence.dataset = cooperation.dataset
        and evidence.dyad = cooperation.dyad
        and evidence.domain = cooperation.domain
        and evidence.half_life_days = cooperation.half_life_days
        and evidence.day = cooperation.day
left join
    indicators.friction
    on
        evidence.dataset = friction.dataset
        and evidence.dyad = friction.dyad
        and evidence.domain = friction.domain
        and evidence.half_life_days = friction.half_life_days
        and evidence.day = friction.day
left join
    indicators.words
    on
        evidence.dataset = words.dataset
        and evidence.dyad = words.dyad
        and evidence.domain = words.domain
        and evidence.half_life_days = words.half_life_days
        and evidence.day = words.day
left join
    indicators.deeds
    on
        evidence.dataset = deeds.dataset
        and evidence.dyad = deeds.dyad
        and evidence.domain = deeds.domain
        and evidence.half_life_days = deeds.half_life_days
        and evidence.day = deeds.day
left join
    indicators.volume
    on
        evidence.dataset = volume.dataset
        and evidence.dyad = volume.dyad
        and evidence.domain = volume.domain
        and evidence.half_life_days = volume.half_life_days
        and evidence.day = volume.day
left join
    indicators.momentum
    on
        evidence.dataset = momentum.dataset
        and evidence.dyad = momentum.dyad
        and evidence.domain = momentum.domain
        and evidence.half_life_days = momentum.half_life_days
        and evidence.day = momentum.day
inner join staging.datasets on evidence.dataset = datasets.dataset
cross join staging.method
order by evidence.dataset, evidence.dyad, evidence.domain, evidence.half_life_days, evidence.day
