/* How unusual is the balance for this pair? The share of its own earlier days with a lower balance.

   Where a curated list becomes much denser the earlier days are those since then: few acts lean a balance to 0, so days of another density
   are no measure.

   title   Rank
   unit    % of the pair's own earlier days
   better  higher
   why     +20 is a good day for one pair and a bad day for another; each pair is compared with its own past.
   caveat  Compares only with earlier days of similar density; in the first year there are few of them. Consecutive days share their events.
   grain   series_no, day
   inputs  indicators.balance
   looks   back to the first day
   built   passing
   columns
     series_no   bigint   which of indicators.requested
     day         date     the day
     rank        double   share of comparable earlier days with a lower balance, %; NULL when too few, not read, or the first day with a balance
     rank_state  varchar  state of the balance; thin at best with fewer than 365 earlier days, too few with none
   source  100 (days before with a lower balance) / (days before with a balance), since the last break in the density of the list
*/
with ordered as (
    select
        *,
        count(balance) over past - 1 as n_before,
        rank(order by balance nulls last) over past - 1 as n_lower
    from indicators.balance
    where is_asked
    window past as (partition by series_no, is_after_break order by day_no rows unbounded preceding)
)

select
    series_no,
    day,
    case when balance is not null then 1e2 * n_lower / nullif(n_before, 0) end as rank,
    case
        when balance is not null and n_before = 0 then 'too few'
        when state = 'ok' and n_before < 365 then 'thin'
        else state
    end as rank_state
from ordered
