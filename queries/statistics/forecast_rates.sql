/* What the method of rates says of every question that can be asked on a day, from what was on record by then.

   grain   day, kind, subject
   inputs  statistics.deed_rates, statistics.measure_rates
   columns
     day         date     day of asking
     kind        varchar  friction_deed or measure_state
     subject     varchar  direction, or measure
     sort        varchar  the direction again, or the state of the measure: what it is counted with
     domain      varchar  subject of the measure; all of a direction
     dyad        varchar  the pair
     condition   varchar  name of the condition with its arguments
     content_to  date     last day of the pair's record by then
     p           double   chance of a yes, 0 to 1
     p_base      double   the same by the plain past rate
     base_k      bigint   past windows of 28 days with a yes, of the plain past rate
     base_n      bigint   past windows of 28 days
     p_low       double   lower end of the 95 % interval of p
     p_high      double   upper end of the 95 % interval of p
   source  statistics.deed_rates, statistics.measure_rates
*/
select
    day,
    'friction_deed' as kind,
    subject,
    subject as sort,
    'all' as domain,
    dyad,
    'friction_deed(chronology, ' || subject || ')' as condition,
    content_to,
    p,
    p_base,
    base_k,
    base_n,
    p_low,
    p_high
from statistics.deed_rates
union all
select
    day,
    'measure_state' as kind,
    measure_id as subject,
    state as sort,
    domain,
    dyad,
    'in_force(' || measure_id || ', ' || state || ', ' || instrument || ')' as condition,
    content_to,
    p,
    p_base,
    base_k,
    base_n,
    p_low,
    p_high
from statistics.measure_rates
