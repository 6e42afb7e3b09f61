/* Amount of reporting: articles per day, with recent days weighted most.

   title   Volume
   unit    articles per day
   better  neither
   why     A balance from much coverage means more than one from little coverage.
   caveat  A high volume does not mean hostility. For curated data it is the density of the list.
   grain   dataset, dyad, domain, half_life_days, day
   inputs  indicators.friction
   built   view
   columns  those of indicators.friction, and
     volume           double  articles per day; NULL where the day was not read
     volume_permille  double  articles per 1,000 that the dataset read in the same window, whatever the countries; NULL where that is not known
   source  Σ c articles / Σ c over read days since the first event; 1,000 Σ c articles / Σ c all articles, of the days on which all are known
*/
with reading as (
    select
        *,
        sum(n_articles_read * growth) over past as all_articles,
        sum(case when n_articles_read is not null then n_articles * growth end) over past as own_articles
    from indicators.friction
    window past as (partition by series_no, block order by day_no rows unbounded preceding)
),

block_totals as (
    select
        series_no,
        block + 1 as next_block,
        max(all_articles) * pow(2e0, -400) as all_articles,
        max(own_articles) * pow(2e0, -400) as own_articles
    from reading
    group by series_no, block
)

select
    reading.* exclude (all_articles, own_articles),
    case when reading.is_read then reading.decayed_n_articles / reading.decayed_read_days end as volume,
    case when reading.is_read and reading.n_articles_read is not null then 1e3 end
    * (coalesce(reading.own_articles, 0e0) + coalesce(block_totals.own_articles, 0e0))
    / nullif(coalesce(reading.all_articles, 0e0) + coalesce(block_totals.all_articles, 0e0), 0e0) as volume_permille
from reading
left join block_totals on reading.series_no = block_totals.series_no and reading.block = block_totals.next_block
