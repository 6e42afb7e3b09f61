/* How much evidence a value rests on, and the state that follows from it.

   title   Evidence
   unit    stories
   better  neither
   why     One story and a hundred can give the same balance; only one of the two says something.
   caveat  It counts stories, not how much they matter; it fades when nothing new comes.
   grain   dataset, dyad, domain, half_life_days, day
   inputs  indicators.decayed
   built   view
   columns  those of indicators.decayed, and
     kernel_read  double   share of the whole decay window that fell on read days
     evidence     double   stories in hand, all kinds
     state        varchar  not read, too few, partial, preliminary, thin or ok: the first that holds
   source  1.5 N² / Σ c n²: effective number of stories, times 1.5 (seeds/method.csv)
*/
with counted as (
    select
        *,
        decayed_read_days * (1e0 - pow(2e0, -1e0 / half_life_days)) as kernel_read,
        coalesce(evidence_factor * decayed_n * decayed_n / nullif(decayed_n_n, 0e0), 0e0) as evidence
    from indicators.decayed
)

select
    *,
    case
        when not is_read then 'not read'
        when evidence < few_below then 'too few'
        when kernel_read < kernel_below then 'partial'
        when is_preliminary then 'preliminary'
        when evidence < thin_below then 'thin'
        else 'ok'
    end as state
from counted
