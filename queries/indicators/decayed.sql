/* Decayed sums of the dyad-day: an event counts 2^(-age / half-life).

   The sum over all past days of x * 2^(-(t - t0) / h) is a running sum of x * 2^(t0 / h), times 2^(-t / h). Alone that overflows
   after 1,023 half-lives, silently; so it runs in blocks of 400 half-lives and carries the total of the block before.

   grain   dataset, dyad, domain, half_life_days, day
   inputs  indicators.days
   built   passing
   columns
     dataset           varchar  where the events come from
     dyad              varchar  pair or direction
     domain            varchar  subject, or all
     half_life_days    integer  days after which an event counts half
     day               date     the day
     is_read           boolean  the day was read
     n_events          bigint   events of the day
     n_stories         bigint   stories of the day
     kernel_read       double   share of the whole decay window that fell on read days
     s                 double   decayed sum of weight times sign
     n                 double   decayed sum of weight
     g                 double   decayed sum of weight times score
     s_s               double   decayed sum of s squared, by story
     s_n               double   decayed sum of s times n, by story
     n_n               double   decayed sum of n squared, by story
     g_g               double   decayed sum of g squared, by story
     g_n               double   decayed sum of g times n, by story
     words_s           double   decayed sum of weight times sign, verbal kinds alone
     words_n           double   decayed sum of weight, verbal kinds alone
     words_s_s         double   decayed sum of s squared, by story, verbal kinds alone
     words_s_n         double   decayed sum of s times n, by story, verbal kinds alone
     words_n_n         double   decayed sum of n squared, by story, verbal kinds alone
     deeds_s           double   decayed sum of weight times sign, material kinds alone
     deeds_n           double   decayed sum of weight, material kinds alone
     deeds_s_s         double   decayed sum of s squared, by story, material kinds alone
     deeds_s_n         double   decayed sum of s times n, by story, material kinds alone
     deeds_n_n         double   decayed sum of n squared, by story, material kinds alone
     cooperation       double   decayed sum of positive scores
     friction          double   decayed sum of negative scores without their sign
     n_articles        double   decayed sum of articles
     read_days         double   decayed sum of days read since the first event
   source  core.dyad_day
*/
with placed as (
    select
        *,
        day_no // (400 * half_life_days) as block,
        pow(2e0, (day_no % (400 * half_life_days)) / half_life_days::double) as growth
    from indicators.days
),

running as (
    select
        dataset,
        dyad,
        domain,
        half_life_days,
        day,
        day_no,
        is_read,
        n_events,
        n_stories,
        block,
        growth,
        sum(s * growth) over past as s,
        sum(n * growth) over past as n,
        sum(g * growth) over past as g,
        sum(s_s * growth) over past as s_s,
        sum(s_n * growth) over past as s_n,
        sum(n_n * growth) over past as n_n,
        sum(g_g * growth) over past as g_g,
        sum(g_n * growth) over past as g_n,
        sum(words_s * growth) over past as words_s,
        sum(words_n * growth) over past as words_n,
        sum(words_s_s * growth) over past as words_s_s,
        sum(words_s_n * growth) over past as words_s_n,
        sum(words_n_n * growth) over past as words_n_n,
        sum(deeds_s * growth) over past as deeds_s,
        sum(deeds_n * growth) over past as deeds_n,
        sum(deeds_s_s * growth) over past as deeds_s_s,
        sum(deeds_s_n * growth) over past as deeds_s_n,
        sum(deeds_n_n * growth) over past as deeds_n_n,
        sum(cooperation * growth) over past as cooperation,
        sum(friction * growth) over past as friction,
        sum(n_articles * growth) over past as n_articles,
        sum(is_read::integer * growth) over past as read_days
    from placed
    window past as (
        partition by dataset, dyad, domain, half_life_days, block
        order by day_no
        rows unbounded preceding
    )
),

last_days as (
    select
        *,
        row_number() over (partition by dataset, dyad, domain, half_life_days, block order by day_no desc) as place
    from running
),

block_totals as (
    select
        dataset,
        dyad,
        domain,
        half_life_days,
        block + 1 as next_block,
        s * pow(2e0, -400) as s,
        n * pow(2e0, -400) as n,
        g * pow(2e0, -400) as g,
        s_s * pow(2e0, -400) as s_s,
        s_n * pow(2e0, -400) as s_n,
        n_n * pow(2e0, -400) as n_n,
        g_g * pow(2e0, -400) as g_g,
        g_n * pow(2e0, -400) as g_n,
        words_s * pow(2e0, -400) as words_s,
        words_n * pow(2e0, -400) as words_n,
        words_s_s * pow(2e0, -400) as words_s_s,
        words_s_n * pow(2e0, -400) as words_s_n,
        words_n_n * pow(2e0, -400) as words_n_n,
        deeds_s * pow(2e0, -400) as deeds_s,
        deeds_n * pow(2e0, -400) as deeds_n,
        deeds_s_s * pow(2e0, -400) as deeds_s_s,
        deeds_s_n * pow(2e0, -400) as deeds_s_n,
        deeds_n_n * pow(2e0, -400) as deeds_n_n,
        cooperation * pow(2e0, -400) as cooperation,
        friction * pow(2e0, -400) as friction,
        n_articles * pow(2e0, -400) as n_articles,
        read_days * pow(2e0, -400) as read_days
    from last_days
    where place = 1
)

select
    running.dataset,
    running.dyad,
    running.domain,
    running.half_life_days,
    running.day,
    running.is_read,
    running.n_events,
    running.n_stories,
    (running.read_days + coalesce(block_totals.read_days, 0e0)) / running.growth
    * (1e0 - pow(2e0, -1e0 / running.half_life_days)) as kernel_read,
    (running.s + coalesce(block_totals.s, 0e0)) / running.growth as s,
    (running.n + coalesce(block_totals.n, 0e0)) / running.growth as n,
    (running.g + coalesce(block_totals.g, 0e0)) / running.growth as g,
    (running.s_s + coalesce(block_totals.s_s, 0e0)) / running.growth as s_s,
    (running.s_n + coalesce(block_totals.s_n, 0e0)) / running.growth as s_n,
    (running.n_n + coalesce(block_totals.n_n, 0e0)) / running.growth as n_n,
    (running.g_g + coalesce(block_totals.g_g, 0e0)) / running.growth as g_g,
    (running.g_n + coalesce(block_totals.g_n, 0e0)) / running.growth as g_n,
    (running.words_s + coalesce(block_totals.words_s, 0e0)) / running.growth as words_s,
    (running.words_n + coalesce(block_totals.words_n, 0e0)) / running.growth as words_n,
    (running.words_s_s + coalesce(block_totals.words_s_s, 0e0)) / running.growth as words_s_s,
    (running.words_s_n + coalesce(block_totals.words_s_n, 0e0)) / running.growth as words_s_n,
    (running.words_n_n + coalesce(block_totals.words_n_n, 0e0)) / running.growth as words_n_n,
    (running.deeds_s + coalesce(block_totals.deeds_s, 0e0)) / running.growth as deeds_s,
    (running.deeds_n + coalesce(block_totals.deeds_n, 0e0)) / running.growth as deeds_n,
    (running.deeds_s_s + coalesce(block_totals.deeds_s_s, 0e0)) / running.growth as deeds_s_s,
    (running.deeds_s_n + coalesce(block_totals.deeds_s_n, 0e0)) / running.growth as deeds_s_n,
    (running.deeds_n_n + coalesce(block_totals.deeds_n_n, 0e0)) / running.growth as deeds_n_n,
    (running.cooperation + coalesce(block_totals.cooperation, 0e0)) / running.growth as cooperation,
    (running.friction + coalesce(block_totals.friction, 0e0)) / running.growth as friction,
    (running.n_articles + coalesce(block_totals.n_articles, 0e0)) / running.growth as n_articles,
    (running.read_days + coalesce(block_totals.read_days, 0e0)) / running.growth as read_days
from running
left join
    block_totals
    on
        running.dataset = block_totals.dataset
        and running.dyad = block_totals.dyad
        and running.domain = block_totals.domain
        and running.half_life_days = block_totals.half_life_days
        and running.block = block_totals.next_block
