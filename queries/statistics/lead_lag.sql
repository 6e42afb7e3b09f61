/* Does an indicator lead an outcome, follow it, or move with it? With the number of tests of the pair taken into account, and what may be said.

   Leads is said where q is below 0.1, forecasts got better and the sign is the one that was written down before; follows likewise, whatever
   the sign. Where nothing is told, what counts is whether a link that explains a tenth would have been seen in eight of ten cases.

   grain   dyad, domain, indicator, half_life_days, series_id, question
   inputs  statistics.lead_lag_tests, statistics.lead_lag_months
   columns  those of statistics.lead_lag_tests, and
     family             varchar  primary; together (the same months of the primary series); exploratory: no conclusion is drawn
     n_tests            bigint   tests of the pair in this family
     q                  double   Benjamini-Hochberg within the family of the pair, of the finer p where there is one; NULL for exploratory tests
     expected_sign      integer  sign expected of more friction, written down before: 1, -1, or 0 for either
     is_reconstruction  boolean  the indicator is computed from what is coded today, not from what was known then
     n_then             bigint   months whose outcome was known within a year; the others were loaded later
     verdict            varchar  leads, follows, moves together, no link told, too weak to tell, too few, does not vary, managed, or exploratory
   source  statistics.lead_lag_tests
*/
with settings as (
    select
        dyad,
        domain,
        indicator,
        half_life_days,
        series_id,
        any_value(family) as family,
        any_value(expected_sign) as expected_sign,
        bool_or(is_reconstruction) as is_reconstruction,
        count(*) filter (where is_then) as n_then
    from statistics.lead_lag_months
    group by dyad, domain, indicator, half_life_days, series_id
),

found as (
    select
        lead_lag_tests.*,
        case
            when settings.family = 'primary' and lead_lag_tests.question = 'same_month' then 'together'
            else settings.family
        end as family,
        settings.expected_sign,
        settings.is_reconstruction,
        settings.n_then,
        case when lead_lag_tests.state = 'ok' then coalesce(lead_lag_tests.p_surrogate, lead_lag_tests.p_shift) end as p
    from statistics.lead_lag_tests
    inner join
        settings
        on
            lead_lag_tests.dyad = settings.dyad
            and lead_lag_tests.domain = settings.domain
            and lead_lag_tests.indicator = settings.indicator
            and lead_lag_tests.half_life_days = settings.half_life_days
            and lead_lag_tests.series_id = settings.series_id
),

placed as (
    select
        *,
        count(p) over (partition by dyad, family) as n_tests,
        count(p) over (partition by dyad, family order by p range unbounded preceding) as place
    from found
),

judged as (
    select
        * exclude (place),
        case
            when p is not null and family <> 'exploratory'
                then min(p * n_tests / place) over (partition by dyad, family order by p desc range unbounded preceding)
        end as q
    from placed
)

select
    * exclude (p, family, n_tests, q, expected_sign, is_reconstruction, n_then),
    family,
    n_tests,
    q,
    expected_sign,
    is_reconstruction,
    n_then,
    case
        when state <> 'ok' then state
        when family = 'exploratory' then 'exploratory'
        when
            question = 'leads' and q < 0.1e0 and oos_r2 > 0e0 and (expected_sign = 0 or sign(effect_sd) = expected_sign)
            then 'leads'
        when question = 'follows' and q < 0.1e0 and oos_r2 > 0e0 then 'follows'
        when question = 'same_month' and q < 0.1e0 then 'moves together'
        when question = 'same_month' or seen_at_r2_10 >= 0.8e0 then 'no link told'
        else 'too weak to tell'
    end as verdict
from judged
order by dyad, domain, indicator, half_life_days, series_id, question
