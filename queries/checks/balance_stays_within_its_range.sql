/* A balance outside -100..100, or outside its own band, is a fault of the formula. */
select
    dataset,
    dyad,
    day,
    balance
from indicators.series
where not (balance between -100 and 100 and balance between balance_low and balance_high)
