/* How much is reported: articles a day, recent days counting most.

   title   Volume
   unit    articles a day
   better  neither
   why     A balance from much coverage differs from one out of a quiet corner.
   caveat  Loudness is not hostility; for curated data it is how dense the list is.
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
