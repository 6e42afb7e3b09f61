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
     volume           double  articles a day; NULL where the day was not read
     volume_permille  double  articles per 1,000 that the dataset read in the same window, whatever the countries; NULL where that is not known
   source  Σ c articles / Σ c over read days since the first event; 1,000 Σ c articles / Σ c all articles, of the days on which all are known
*/
select
    *,
    case when is_read then decayed_n_articles / decayed_read_days end as volume,
    case when is_read and n_articles_read is not null then 1e3 * decayed_n_articles_of_read / nullif(decayed_n_articles_read, 0e0) end as volume_permille
from indicators.friction
