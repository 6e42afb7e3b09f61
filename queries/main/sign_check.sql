/* Does the sign hold? The intensity of a month under every combination of the choices of the method.

   grain   dataset, dyad, month
   inputs  statistics.sign_check
   built   view
   columns
     dataset         varchar    where the acts come from
     dyad            varchar    pair or direction
     month           date       first day of the month
     intensity       double     with the default choices, of the month's acts, all alike in age
     lowest          double     lowest intensity of a combination
     highest         double     highest
     n_combinations  bigint     combinations with a value, at most 180: 4 score tables, 5 levels, 3 weightings, mutual acts in 3 ways
     n_distinct      bigint     different values among them
     n_same_sign     bigint     different values with the sign of the default
     share           double     n_same_sign / n_distinct; NULL where the default has no sign
     turned_by       varchar[]  single choices that alone take away or turn the sign of the default
   source  statistics.sign_check
*/
select
    dataset,
    dyad,
    month,
    intensity,
    lowest,
    highest,
    n_combinations,
    n_distinct,
    n_same_sign,
    share,
    turned_by
from statistics.sign_check
