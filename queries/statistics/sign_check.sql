/* Does the sign hold? The intensity of a month under every combination of the choices of the method.

   Combinations that give the same value are one: a list without duplicates is the same at every level. A combination that leaves
   no act has no value and is not counted. A value of exactly 0 has no sign.

   grain   dataset, dyad, month
   inputs  statistics.sign_combinations
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
     turned_by       varchar[]  single choices that alone remove or reverse the sign of the default
   source  statistics.sign_combinations; METHOD 7
*/
with defaults as (
    select
        dataset,
        dyad,
        month,
        intensity,
        sign(round(intensity, 9)) as sign
    from statistics.sign_combinations
    where departs = 'nothing'
),

compared as (
    select
        combinations.dataset,
        combinations.dyad,
        combinations.month,
        defaults.intensity as default_intensity,
        defaults.sign as default_sign,
        combinations.departs,
        round(combinations.intensity, 9) as value,
        sign(round(combinations.intensity, 9)) = defaults.sign as is_same_sign
    from statistics.sign_combinations as combinations
    inner join
        defaults
        on
            combinations.dataset = defaults.dataset
            and combinations.dyad = defaults.dyad
            and combinations.month = defaults.month
)

select
    dataset,
    dyad,
    month,
    max(default_intensity) as intensity,
    min(value) as lowest,
    max(value) as highest,
    count(*) as n_combinations,
    count(distinct value) as n_distinct,
    case when max(default_sign) <> 0 then count(distinct value) filter (where is_same_sign) end as n_same_sign,
    case
        when max(default_sign) <> 0 then count(distinct value) filter (where is_same_sign) / count(distinct value)::double
    end as share,
    coalesce(list(departs order by departs) filter (where not is_same_sign and not contains(departs, ', ')), []) as turned_by
from compared
group by dataset, dyad, month
order by dataset, dyad, month
