/* Decayed sums of scores, statements, actions and articles, for the requested series only.

   The same sums on days with events as in indicators.decayed; they stand apart so that series which are only compared with need not have them.

   grain   dataset, dyad, domain, half_life_days, day
   inputs  indicators.balance, indicators.requested, core.dyad_day
   built   view
   columns  those of indicators.balance, and
     decayed_g_g              double  decayed sum of g squared, by happening
     decayed_g_n              double  decayed sum of g times n, by happening
     decayed_words_s          double  decayed sum of weight times sign, verbal kinds alone
     decayed_words_n          double  decayed sum of weight, verbal kinds alone
     decayed_words_s_s        double  decayed sum of s squared, by happening, verbal kinds alone
     decayed_words_s_n        double  decayed sum of s times n, by happening, verbal kinds alone
     decayed_words_n_n        double  decayed sum of n squared, by happening, verbal kinds alone
     decayed_deeds_s          double  decayed sum of weight times sign, material kinds alone
     decayed_deeds_n          double  decayed sum of weight, material kinds alone
     decayed_deeds_s_s        double  decayed sum of s squared, by happening, material kinds alone
     decayed_deeds_s_n        double  decayed sum of s times n, by happening, material kinds alone
     decayed_deeds_n_n        double  decayed sum of n squared, by happening, material kinds alone
     decayed_positive         double  decayed sum of positive scores
     decayed_negative         double  decayed sum of negative scores without their sign
     decayed_n_articles       double  decayed sum of articles
     n_articles               bigint  articles of the day
   source  core.dyad_day
*/
with sums as (
    select
        requested.series_no,
        requested.half_life_days,
        dyad_day.day,
        date_diff('day', date '1900-01-01', dyad_day.day) as day_no,
        sum(dyad_day.words_s) as words_s,
        sum(dyad_day.words_n) as words_n,
        sum(dyad_day.deeds_s) as deeds_s,
        sum(dyad_day.deeds_n) as deeds_n,
        sum(dyad_day.cooperation) as cooperation,
        sum(dyad_day.friction) as friction,
        sum(dyad_day.n_articles)::bigint as n_articles,
        sum(dyad_day.g_g * pow(2e0, -dyad_day.lag / requested.half_life_days::double)) as g_g,
        sum(dyad_day.g_n * pow(2e0, -dyad_day.lag / requested.half_life_days::double)) as g_n,
        sum(dyad_day.words_s_s * pow(2e0, -dyad_day.lag / requested.half_life_days::double)) as words_s_s,
        sum(dyad_day.words_s_n * pow(2e0, -dyad_day.lag / requested.half_life_days::double)) as words_s_n,
        sum(dyad_day.words_n_n * pow(2e0, -dyad_day.lag / requested.half_life_days::double)) as words_n_n,
        sum(dyad_day.deeds_s_s * pow(2e0, -dyad_day.lag / requested.half_life_days::double)) as deeds_s_s,
        sum(dyad_day.deeds_s_n * pow(2e0, -dyad_day.lag / requested.half_life_days::double)) as deeds_s_n,
        sum(dyad_day.deeds_n_n * pow(2e0, -dyad_day.lag / requested.half_life_days::double)) as deeds_n_n
    from indicators.requested
    inner join
        core.dyad_day
        on requested.dataset = dyad_day.dataset and requested.dyad = dyad_day.dyad and requested.domain = dyad_day.domain
    where requested.is_asked
    group by requested.series_no, requested.half_life_days, dyad_day.day
),

blocks as (
    select 0 as later
    union all
    select 1 as later
),

placed as (
    select
        sums.*,
        sums.day_no // (400 * sums.half_life_days) + blocks.later as block,
        pow(2e0, (sums.day_no - 400 * sums.half_life_days * block) / sums.half_life_days::double) as growth
    from sums
    cross join blocks
),

summed as (
    select
        series_no,
        day,
        growth,
        n_articles as n_articles_of_day,
        sum(g_g * growth * growth) over past / growth / growth as g_g,
        sum(g_n * growth * growth) over past / growth / growth as g_n,
        sum(words_s_s * growth * growth) over past / growth / growth as words_s_s,
        sum(words_s_n * growth * growth) over past / growth / growth as words_s_n,
        sum(words_n_n * growth * growth) over past / growth / growth as words_n_n,
        sum(deeds_s_s * growth * growth) over past / growth / growth as deeds_s_s,
        sum(deeds_s_n * growth * growth) over past / growth / growth as deeds_s_n,
        sum(deeds_n_n * growth * growth) over past / growth / growth as deeds_n_n,
        sum(words_s * growth) over past / growth as words_s,
        sum(words_n * growth) over past / growth as words_n,
        sum(deeds_s * growth) over past / growth as deeds_s,
        sum(deeds_n * growth) over past / growth as deeds_n,
        sum(cooperation * growth) over past / growth as cooperation,
        sum(friction * growth) over past / growth as friction,
        sum(n_articles * growth) over past / growth as n_articles
    from placed
    window past as (partition by series_no, block order by day rows unbounded preceding)
),

running as (
    select * exclude (growth)
    from summed
    where growth >= 1e0
)

select
    balance.*,
    coalesce(running.g_g * balance.fade * balance.fade, 0e0) as decayed_g_g,
    coalesce(running.g_n * balance.fade * balance.fade, 0e0) as decayed_g_n,
    coalesce(running.words_s * balance.fade, 0e0) as decayed_words_s,
    coalesce(running.words_n * balance.fade, 0e0) as decayed_words_n,
    coalesce(running.words_s_s * balance.fade * balance.fade, 0e0) as decayed_words_s_s,
    coalesce(running.words_s_n * balance.fade * balance.fade, 0e0) as decayed_words_s_n,
    coalesce(running.words_n_n * balance.fade * balance.fade, 0e0) as decayed_words_n_n,
    coalesce(running.deeds_s * balance.fade, 0e0) as decayed_deeds_s,
    coalesce(running.deeds_n * balance.fade, 0e0) as decayed_deeds_n,
    coalesce(running.deeds_s_s * balance.fade * balance.fade, 0e0) as decayed_deeds_s_s,
    coalesce(running.deeds_s_n * balance.fade * balance.fade, 0e0) as decayed_deeds_s_n,
    coalesce(running.deeds_n_n * balance.fade * balance.fade, 0e0) as decayed_deeds_n_n,
    coalesce(running.cooperation * balance.fade, 0e0) as decayed_positive,
    coalesce(running.friction * balance.fade, 0e0) as decayed_negative,
    coalesce(running.n_articles * balance.fade, 0e0) as decayed_n_articles,
    case when balance.day = balance.last_day then running.n_articles_of_day else 0 end as n_articles
from indicators.balance
left join running on balance.series_no = running.series_no and balance.last_day = running.day
where balance.is_asked
