/* What was asked of each source of outcomes and how far its series are known.

   grain   reader, source_key
   inputs  raw.outcome_files, raw.outcomes, staging.outcome_keys
   columns
     reader      varchar    reader of the source
     source_key  varchar    series at the source; of those that the source is asked for first
     newest      date       newest period with a value; NULL without any
     asked_at    timestamp  when the source was asked last, UTC; NULL if never
     is_failing  boolean    nothing came or was read of it then
   source  raw.outcome_files, raw.outcomes
*/
with asked as (
    select
        reader,
        max(fetched_at) as asked_at,
        max_by(refusal is not null, (fetched_at, file_id)) as is_failing
    from raw.outcome_files
    where address like 'http%'
    group by reader
),

newest as (
    select
        series_id,
        max(period_start) as newest
    from raw.outcomes
    where value is not null
    group by series_id
)

select
    keys.reader,
    keys.source_key,
    newest.newest,
    asked.asked_at,
    coalesce(asked.is_failing, false) as is_failing
from staging.outcome_keys as keys
left join asked on keys.reader = asked.reader
left join newest on keys.series_id = newest.series_id
where not keys.is_other
order by keys.reader, keys.source_key
