/* How much evidence a value rests on, and the state that follows from it.

   title   Evidence
   unit    stories
   better  neither
   why     One story and a hundred can give the same balance; only one of the two says something.
   caveat  It counts stories, not how much they matter; it fades when nothing new comes.
   grain   dataset, dyad, domain, half_life_days, day
   inputs  indicators.decayed, staging.method
   built   passing
   columns
     dataset         varchar  where the events come from
     dyad            varchar  pair or direction
     domain          varchar  subject, or all
     half_life_days  integer  days after which an event counts half
     day             date     the day
     evidence        double   stories in hand, all kinds
     words_evidence  double   stories in hand, words alone
     deeds_evidence  double   stories in hand, deeds alone
     state           varchar  not read, too few, partial, thin or ok
     words_state     varchar  the same for words
     deeds_state     varchar  the same for deeds
   source  1.5 N² / Σ c n²: effective number of stories, times 1.5 (seeds/method.csv)
*/
with counted as (
    select
        decayed.dataset,
        decayed.dyad,
        decayed.domain,
        decayed.half_life_days,
        decayed.day,
        decayed.is_read,
        decayed.kernel_read,
        method.few_below,
        method.thin_below,
        method.kernel_below,
        coalesce(method.evidence_factor * decayed.n * decayed.n / nullif(decayed.n_n, 0e0), 0e0) as evidence,
        coalesce(method.evidence_factor * decayed.words_n * decayed.words_n / nullif(decayed.words_n_n, 0e0), 0e0)
            as words_evidence,
        coalesce(method.evidence_factor * decayed.deeds_n * decayed.deeds_n / nullif(decayed.deeds_n_n, 0e0), 0e0)
            as deeds_evidence
    from indicators.decayed
    cross join staging.method
)

select
    dataset,
    dyad,
    domain,
    half_life_days,
    day,
    evidence,
    words_evidence,
    deeds_evidence,
    case
        when not is_read then 'not read'
        when evidence < few_below then 'too few'
        when kernel_read < kernel_below then 'partial'
        when evidence < thin_below then 'thin'
        else 'ok'
    end as state,
    case
        when not is_read then 'not read'
        when words_evidence < few_below then 'too few'
        when kernel_read < kernel_below then 'partial'
        when words_evidence < thin_below then 'thin'
        else 'ok'
    end as words_state,
    case
        when not is_read then 'not read'
        when deeds_evidence < few_below then 'too few'
        when kernel_read < kernel_below then 'partial'
        when deeds_evidence < thin_below then 'thin'
        else 'ok'
    end as deeds_state
from counted
