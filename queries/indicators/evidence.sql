/* How much evidence a value rests on, and the state that follows from it.

   title   Evidence
   unit    happenings
   better  neither
   why     One happening and a hundred can give the same balance, but only the hundred support a conclusion.
   caveat  Counts happenings, not how much they matter. Without new events the evidence stays the same, while the remaining weight falls, and with it the state.
   grain   dataset, dyad, domain, half_life_days, day
   inputs  indicators.decayed
   built   view
   columns  those of indicators.decayed, and
     kernel_read  double   share of the whole decay window that fell on read days
     evidence     double   effective sample, in happenings
     state        varchar  not read, too few, partial, preliminary, thin or ok: the first that holds
   source  (Σ w)² / Σ over happenings (Σ w)², w the decayed weights: Kish's effective number
*/
select
    *,
    decayed_read_days * (1e0 - pow(2e0, -1e0 / half_life_days)) as kernel_read,
    case when decayed_n > 1e-60 then round(decayed_n * decayed_n / decayed_n_n, 10) else 0e0 end as evidence,
    case
        when not is_read then 'not read'
        when evidence < few_below or decayed_n < weight_below then 'too few'
        when kernel_read < kernel_below then 'partial'
        when is_preliminary then 'preliminary'
        when evidence < thin_below or decayed_n < kappa then 'thin'
        else 'ok'
    end as state
from indicators.decayed
