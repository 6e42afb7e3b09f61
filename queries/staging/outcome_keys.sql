/* Names of the series of outcomes at their sources: a series may be had from several, and is the same one.

   grain   reader, source_key
   inputs  raw.outcome_series
   columns
     reader      varchar  reader of the source
     source_key  varchar  name of the series there
     series_id   varchar  the series
     frequency   varchar  day or month
     transform   varchar  how it enters a comparison; the logarithm of a value below 0 does not exist
     is_other    boolean  the series is asked for at another source first
   source  seeds/outcome_series.csv
*/
with others as (
    select
        series_id,
        frequency,
        transform,
        unnest(string_split(other_keys, ' ')) as other_key
    from raw.outcome_series
    where other_keys <> ''
)

select
    reader,
    source_key,
    series_id,
    frequency,
    transform,
    false as is_other
from raw.outcome_series
union all
select
    split_part(other_key, ':', 1) as reader,
    split_part(other_key, ':', 2) as source_key,
    series_id,
    frequency,
    transform,
    true as is_other
from others
