/* Days of machine-coded datasets of which something was read, with how much there was in all.

   A day counts as read when 95 % of its files were, of each stream by itself: GDELT 2.0 writes 96 files a day in English and 96 translated
   ones, and a day with half of each is no whole day. A daily file of GDELT 1.0 is a whole one; files of other sources hold whole days.

   An extract says itself which days it covers: they are read, and what the dataset had on them in all is not known unless its own
   files of that day were read too.

   grain   dataset, day
   inputs  raw.universe, raw.extract_days
   by      dataset, day
   columns
     dataset     varchar  where the reports come from
     day         date     day on which the source published them, UTC
     n_reports   bigint   rows read, whatever their countries; NULL where only an extract covers the day
     n_articles  bigint   articles they count; NULL likewise
     state       varchar  read, or partly read
   source  raw.universe
*/
with streams as (
    select
        dataset,
        added_day as day,
        contains(lower(file_name), '.translation.') as is_translated,
        sum(n_rows) as n_rows,
        sum(n_articles) as n_articles,
        max(case when not starts_with(dataset, 'gdelt') or regexp_matches(file_name, '(^|/)\d{8}\.export') then 96 else 0 end) as n_whole_day,
        count(distinct regexp_extract(file_name, '(?:^|/)(\d{14})\.', 1)) filter (where regexp_matches(file_name, '(^|/)\d{14}\.')) as n_slots
    from raw.universe
    where not coalesce(is_extract, false)
    group by dataset, added_day, is_translated
),

whole as (
    select
        dataset,
        day,
        sum(n_rows)::bigint as n_reports,
        sum(n_articles)::bigint as n_articles,
        min(greatest(n_whole_day, n_slots)) >= 0.95 * 96 as is_whole
    from streams
    group by dataset, day
),

covered as (
    select distinct
        dataset,
        day
    from raw.extract_days
)

select
    coalesce(whole.dataset, covered.dataset) as dataset,
    coalesce(whole.day, covered.day) as day,
    case when covered.day is null or whole.is_whole then whole.n_reports end as n_reports,
    case when covered.day is null or whole.is_whole then whole.n_articles end as n_articles,
    case when covered.day is not null or whole.is_whole then 'read' else 'partly read' end as state
from whole
full outer join covered on whole.dataset = covered.dataset and whole.day = covered.day
