/* Decayed sums of scores, statements, actions and articles, for the requested series only.

   The same running sums in blocks as in indicators.decayed; they stand apart so that series which are only compared with need not have them.

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
     decayed_n_articles_read  double  decayed sum of all articles that the dataset read, whatever the countries
     decayed_n_articles_of_read  double  decayed sum of articles of the days on which it is known how many were read in all
   source  core.dyad_day
*/
with sums as (
    select
        requested.series_no,
        dyad_day.day,
        sum(dyad_day.words_s) as words_s,
        sum(dyad_day.words_n) as words_n,
        sum(dyad_day.deeds_s) as deeds_s,
        sum(dyad_day.deeds_n) as deeds_n,
        sum(dyad_day.cooperation) as cooperation,
        sum(dyad_day.friction) as friction,
        sum(dyad_day.n_articles) as n_articles,
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
    group by requested.series_no, dyad_day.day
),

placed as (
    select
        balance.*,
        sums.g_g * balance.growth * balance.growth as g_g,
        sums.g_n * balance.growth * balance.growth as g_n,
        sums.words_s * balance.growth as words_s,
        sums.words_n * balance.growth as words_n,
        sums.words_s_s * balance.growth * balance.growth as words_s_s,
        sums.words_s_n * balance.growth * balance.growth as words_s_n,
        sums.words_n_n * balance.growth * balance.growth as words_n_n,
        sums.deeds_s * balance.growth as deeds_s,
        sums.deeds_n * balance.growth as deeds_n,
        sums.deeds_s_s * balance.growth * balance.growth as deeds_s_s,
        sums.deeds_s_n * balance.growth * balance.growth as deeds_s_n,
        sums.deeds_n_n * balance.growth * balance.growth as deeds_n_n,
        sums.cooperation * balance.growth as positive,
        sums.friction * balance.growth as negative,
        sums.n_articles * balance.growth as n_articles,
        case when balance.n_articles_read is not null then sums.n_articles * balance.growth end as n_articles_of_read
    from indicators.balance
    left join sums on balance.series_no = sums.series_no and balance.day = sums.day
    where balance.is_asked
),

block_totals as (
    select
        series_no,
        block + 1 as next_block,
        sum(g_g) * pow(2e0, -800) as total_g_g,
        sum(g_n) * pow(2e0, -800) as total_g_n,
        sum(words_s) * pow(2e0, -400) as total_words_s,
        sum(words_n) * pow(2e0, -400) as total_words_n,
        sum(words_s_s) * pow(2e0, -800) as total_words_s_s,
        sum(words_s_n) * pow(2e0, -800) as total_words_s_n,
        sum(words_n_n) * pow(2e0, -800) as total_words_n_n,
        sum(deeds_s) * pow(2e0, -400) as total_deeds_s,
        sum(deeds_n) * pow(2e0, -400) as total_deeds_n,
        sum(deeds_s_s) * pow(2e0, -800) as total_deeds_s_s,
        sum(deeds_s_n) * pow(2e0, -800) as total_deeds_s_n,
        sum(deeds_n_n) * pow(2e0, -800) as total_deeds_n_n,
        sum(positive) * pow(2e0, -400) as total_positive,
        sum(negative) * pow(2e0, -400) as total_negative,
        sum(n_articles) * pow(2e0, -400) as total_n_articles,
        sum(n_articles_of_read) * pow(2e0, -400) as total_n_articles_of_read,
        sum(n_articles_read * growth) * pow(2e0, -400) as total_n_articles_read
    from placed
    group by series_no, block
)

select
    placed.* exclude (g_g, g_n, words_s, words_n, words_s_s, words_s_n, words_n_n, deeds_s, deeds_n, deeds_s_s, deeds_s_n, deeds_n_n, positive, negative, n_articles, n_articles_of_read),
    (coalesce(sum(placed.g_g) over past, 0e0) + coalesce(block_totals.total_g_g, 0e0)) / placed.growth / placed.growth as decayed_g_g,
    (coalesce(sum(placed.g_n) over past, 0e0) + coalesce(block_totals.total_g_n, 0e0)) / placed.growth / placed.growth as decayed_g_n,
    (coalesce(sum(placed.words_s) over past, 0e0) + coalesce(block_totals.total_words_s, 0e0)) / placed.growth as decayed_words_s,
    (coalesce(sum(placed.words_n) over past, 0e0) + coalesce(block_totals.total_words_n, 0e0)) / placed.growth as decayed_words_n,
    (coalesce(sum(placed.words_s_s) over past, 0e0) + coalesce(block_totals.total_words_s_s, 0e0)) / placed.growth / placed.growth as decayed_words_s_s,
    (coalesce(sum(placed.words_s_n) over past, 0e0) + coalesce(block_totals.total_words_s_n, 0e0)) / placed.growth / placed.growth as decayed_words_s_n,
    (coalesce(sum(placed.words_n_n) over past, 0e0) + coalesce(block_totals.total_words_n_n, 0e0)) / placed.growth / placed.growth as decayed_words_n_n,
    (coalesce(sum(placed.deeds_s) over past, 0e0) + coalesce(block_totals.total_deeds_s, 0e0)) / placed.growth as decayed_deeds_s,
    (coalesce(sum(placed.deeds_n) over past, 0e0) + coalesce(block_totals.total_deeds_n, 0e0)) / placed.growth as decayed_deeds_n,
    (coalesce(sum(placed.deeds_s_s) over past, 0e0) + coalesce(block_totals.total_deeds_s_s, 0e0)) / placed.growth / placed.growth as decayed_deeds_s_s,
    (coalesce(sum(placed.deeds_s_n) over past, 0e0) + coalesce(block_totals.total_deeds_s_n, 0e0)) / placed.growth / placed.growth as decayed_deeds_s_n,
    (coalesce(sum(placed.deeds_n_n) over past, 0e0) + coalesce(block_totals.total_deeds_n_n, 0e0)) / placed.growth / placed.growth as decayed_deeds_n_n,
    (coalesce(sum(placed.positive) over past, 0e0) + coalesce(block_totals.total_positive, 0e0)) / placed.growth as decayed_positive,
    (coalesce(sum(placed.negative) over past, 0e0) + coalesce(block_totals.total_negative, 0e0)) / placed.growth as decayed_negative,
    (coalesce(sum(placed.n_articles) over past, 0e0) + coalesce(block_totals.total_n_articles, 0e0)) / placed.growth as decayed_n_articles,
    (coalesce(sum(placed.n_articles_read * placed.growth) over past, 0e0) + coalesce(block_totals.total_n_articles_read, 0e0)) / placed.growth as decayed_n_articles_read,
    (coalesce(sum(placed.n_articles_of_read) over past, 0e0) + coalesce(block_totals.total_n_articles_of_read, 0e0)) / placed.growth as decayed_n_articles_of_read
from placed
left join
    block_totals
    on
        placed.series_no = block_totals.series_no
        and placed.block = block_totals.next_block
window past as (
    partition by placed.series_no, placed.block
    order by placed.day_no
    rows unbounded preceding
)
