/* What may be said of a value, given its state and its band: one verdict on one number, which pages, files and programs read here.

   grain   dataset, dyad, domain, half_life_days, day
   inputs  indicators.volume
   built   view
   columns  those of indicators.volume, and
     balance_verdict    varchar  its state where that is not ok; else undecided, too close to call, where the band holds 0; else cooperation or friction
     intensity_verdict  varchar  the same of intensity
     words_verdict      varchar  the same of statements
     deeds_verdict      varchar  the same of actions
   source  the first that holds: not read, too few, partial, preliminary, thin; then undecided; then the side
*/
select
    *,
    case
        when state <> 'ok' then state
        when balance_low <= 0 and balance_high >= 0 then 'undecided'
        when balance > 0 then 'cooperation'
        else 'friction'
    end as balance_verdict,
    case
        when state <> 'ok' then state
        when intensity_low <= 0 and intensity_high >= 0 then 'undecided'
        when intensity > 0 then 'cooperation'
        else 'friction'
    end as intensity_verdict,
    case
        when words_state <> 'ok' then words_state
        when words_low <= 0 and words_high >= 0 then 'undecided'
        when words > 0 then 'cooperation'
        else 'friction'
    end as words_verdict,
    case
        when deeds_state <> 'ok' then deeds_state
        when deeds_low <= 0 and deeds_high >= 0 then 'undecided'
        when deeds > 0 then 'cooperation'
        else 'friction'
    end as deeds_verdict
from indicators.volume
